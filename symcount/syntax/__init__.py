"""Text to tree and back. The only room that imports lark; it knows no layer."""

from symcount.syntax.limits import MOST_DIGITS, TOO_LARGE, check_digits
from symcount.syntax.parser import parse, pieces
from symcount.syntax.printer import text
from symcount.syntax.reserved import RESERVED

__all__ = ["MOST_DIGITS", "RESERVED", "TOO_LARGE", "check_digits", "parse", "pieces", "text"]
