"""The text form of protocol buffers, as far as networks are described in it: names, values, messages in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.errors import ArchitectureError, Span
from symcount.records import record

DEEPEST_MESSAGE = 50
"""Messages inside one another."""

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*|(?P<name>[A-Za-z_]\w*)|(?P<number>-?[0-9][0-9.eE+-]*)|"(?P<text>[^"\n]*)"|'(?P<other>[^'\n]*)'|(?P<sign>[{}:<>;,])"""
)


@record
class Message:
    """A message: its fields in order, each a name with a text, a word, a whole number or another message."""

    fields: tuple[tuple[str, str | int | Message], ...]
    start: int = 0

    _apart = ("start",)

    def every(self, name: str) -> tuple[str | int | Message, ...]:
        """Every value of a field."""
        return tuple(value for found, value in self.fields if found == name)

    def one(self, name: str) -> str | int | Message | None:
        """The last value of a field, None where it is not said."""
        found = self.every(name)
        return found[-1] if found else None

    def message(self, name: str) -> Message:
        """A field that is a message; an empty one where it is not said."""
        found = self.one(name)
        return found if isinstance(found, Message) else Message((), self.start)


def read_prototext(text: str) -> Message:
    """Return the message that a text is.

    >>> read_prototext('layer { name: "a" size: 3 }').message("layer").one("size")
    3
    """
    stack: list[tuple[str, list[tuple[str, str | int | Message]], int]] = [("", [], 0)]
    name: str | None = None
    for token in _tokens(text):
        kind, value, start = token.lastgroup, token[0], token.start()
        if kind == "sign" and value in "{<":
            if name is None or len(stack) > DEEPEST_MESSAGE:
                raise _wrong(text, token, "a message has a name, and stands in few others")
            stack.append((name, [], start))
            name = None
        elif kind == "sign" and value in "}>":
            if len(stack) == 1 or name is not None:
                raise _wrong(text, token, "it closes nothing")
            field, fields, opened = stack.pop()
            stack[-1][1].append((field, Message(tuple(fields), opened)))
        elif kind == "sign":
            continue
        elif name is None:
            if kind != "name":
                raise _wrong(text, token, "here stands the name of a field")
            name = value
        else:
            stack[-1][1].append((name, _value(token)))
            name = None
    if len(stack) > 1 or name is not None:
        raise ArchitectureError("bad-notation", "the text ends inside a message")
    return Message(tuple(stack[0][1]))


def _value(token: re.Match[str]) -> str | int:
    if token.lastgroup == "number":
        return int(token[0]) if re.fullmatch(r"-?[0-9]{1,18}", token[0]) else token[0]
    return token["text"] if token.lastgroup == "text" else token["other"] if token.lastgroup == "other" else token[0]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            span = Span(at, at + 1)
            raise ArchitectureError("bad-notation", f"{text[at]!r} is not read here", span=span, source=text)
        at = token.end()
        if token.lastgroup is not None:
            yield token


def _wrong(text: str, token: re.Match[str], hint: str) -> ArchitectureError:
    return ArchitectureError(
        "bad-notation", f"{token[0]!r} is not read here", span=Span(*token.span()), source=text, hint=hint
    )
