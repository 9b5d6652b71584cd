"""The point at which reading stopped: the tokens around it, and the brackets that are open there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.errors import ArchitectureError, Span
from symcount.records import record
from symcount.syntax.tokens import tokens

if TYPE_CHECKING:
    from lark import Lark, Token

_OPENING = {"LPAR": "(", "LSQB": "[", "LBRACE": "{"}
_CLOSING = frozenset(("RPAR", "RSQB", "RBRACE"))
END = "$END"


@record
class ParsePoint:
    """Where reading stopped, between the tokens before it and those after it."""

    source: str
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    bracket: str
    """The innermost open bracket, or nothing outside of all."""
    joints: frozenset[str]
    """The signs that part the branches, in the braces that are open here."""

    def back(self, count: int) -> str:
        """Return the type of the token that stands so many before, or nothing."""
        return self.before[-count].type if len(self.before) >= count else ""

    def ahead(self, count: int = 0) -> str:
        """Return the type of the token found here, or of one after it."""
        return self.after[count].type if len(self.after) > count else END

    @property
    def found(self) -> str:
        """The type of the token found here."""
        return self.ahead()

    @property
    def in_sizes(self) -> bool:
        """Whether sizes stand here, not layers."""
        return self.bracket == "(" or self.in_let

    @property
    def in_let(self) -> bool:
        """Whether this is the value of a ``let``."""
        return not self.bracket and self.statement[:1] == ("LET",)

    @property
    def statement(self) -> tuple[str, ...]:
        """The types of the tokens of this statement that stand before."""
        types = [token.type for token in self.before]
        starts = [at for at, kind in enumerate(types) if kind == "SEMICOLON"]
        return tuple(types[starts[-1] + 1 if starts else 0 :])

    def text(self, token: Token) -> str:
        """Return a token, shortened."""
        return str(token) if len(token) <= 20 else f"{token[:19]}…"

    def span(self, back: int, ahead: int) -> Span:
        """Return the span from so many tokens before to so many after; the end where none is left."""
        chosen = (*self.before[len(self.before) - back :], *self.after[:ahead])
        if not chosen:
            end = self.before[-1].end_pos if self.before else len(self.source)
            return Span(end or 0, end or 0)
        return Span(chosen[0].start_pos or 0, chosen[-1].end_pos or 0)

    def error(
        self, code: str, message: str, hint: str | None = None, *, back: int = 0, ahead: int = 1
    ) -> ArchitectureError:
        """Return an error at this point; the span takes in so many tokens before and after."""
        return ArchitectureError(code, message, span=self.span(back, ahead), hint=hint)


def parse_point(parser: Lark, source: str, start: int | None) -> ParsePoint:
    """Return the point of the token that starts at an offset, or of the end of the text."""
    found = tokens(parser, source)
    at = next((at for at, token in enumerate(found) if token.start_pos == start), len(found))
    bracket, joints = _opened(found[:at])
    return ParsePoint(source, tuple(found[:at]), tuple(found[at : at + 4]), bracket, joints)


def _opened(tokens: list[Token]) -> tuple[str, frozenset[str]]:
    """Return the innermost open bracket, ``(`` also for a list in it, and the joints of its branches."""
    opened: list[tuple[str, set[str]]] = [("", set())]
    for token in tokens:
        if token.type in _OPENING:
            inside_sizes = opened[-1][0] == "(" and token.type == "LSQB"
            opened.append(("(" if inside_sizes else _OPENING[token.type], set()))
        elif token.type in _CLOSING and len(opened) > 1:
            opened.pop()
        elif token.type in ("VBAR", "PLUS"):
            opened[-1][1].add(str(token))
    bracket, joints = opened[-1]
    return bracket, frozenset(joints)
