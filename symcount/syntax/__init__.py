"""Text to tree and back. The only room that imports lark; it knows no layer."""

from symcount.syntax.parser import parse
from symcount.syntax.printer import text
from symcount.syntax.words import RESERVED

__all__ = ["RESERVED", "parse", "text"]
