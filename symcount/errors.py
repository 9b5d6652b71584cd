"""The one exception that bad input raises, and the place in the text that it points at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

_MOST_CALLS = 4
"""The most macro calls that an error shows; of more, the innermost are shown and the outermost."""

_WIDEST_LINE = 100
"""The most characters of a source line that an error shows; of a longer one, those around the caret."""


class Span(NamedTuple):
    """A stretch of the source text: offsets in characters, the end excluded."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of the other.

        >>> Span(2, 4).to(Span(6, 9))
        Span(start=2, end=9)
        """
        return Span(self.start, other.end)


class Called(NamedTuple):
    """A macro call inside which an error happened: its place, the text that it stands in, and the macro's name."""

    span: Span
    source: str
    name: str


class ArchitectureError(ValueError):
    """Bad input: what was found, where, and what would be right.

    ``code`` is stable and meant for programs, ``message`` for people; ``span`` is the place in
    ``source``; ``hint`` says what to write instead; ``calls`` are the macro calls that led there,
    innermost first. The text form shows all of them.

    >>> print(ArchitectureError("unknown-layer", "no layer is called 'c'", span=Span(8, 9),
    ...                         hint="did you mean C?", source="I(1,28)-c(3)"))
    no layer is called 'c'
      I(1,28)-c(3)
              ^
    hint: did you mean C?
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        span: Span | None = None,
        hint: str | None = None,
        source: str | None = None,
        calls: tuple[Called, ...] = (),
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.span = span
        self.hint = hint
        self.source = source
        self.calls = calls

    def __setattr__(self, name: str, value: object) -> None:
        if name in _FIELDS and name in vars(self):
            raise AttributeError(f"an error's {name} is not changed: within, hinted and called return another error")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), *(getattr(self, name) for name in _FIELDS))

    def _with(self, **changed: Any) -> ArchitectureError:
        return _rebuilt(type(self), *({name: getattr(self, name) for name in _FIELDS} | changed).values())

    def within(self, source: str) -> ArchitectureError:
        """Return the same error with the source that its span is a place in."""
        return self if self.source is not None else self._with(source=source)

    def at_line(self, number: int) -> ArchitectureError:
        """Return the same error, met at this line of a file."""
        return self._with(message=f"line {number}: {self.message}")

    def hinted(self, hint: str | None) -> ArchitectureError:
        """Return the same error with another hint."""
        return self._with(hint=hint)

    def where(self, bindings: str) -> ArchitectureError:
        """Return the same error, which tells the bindings that it happens under."""
        return self._with(message=f"{self.message}, where {bindings}")

    def naming(self, letters: Mapping[str, str]) -> ArchitectureError:
        """Return the same error with other letters in its message, for those that nobody wrote."""
        message = self.message
        for letter, name in letters.items():
            message = re.sub(rf"{re.escape(letter)}(?!\d)", name, message)
        return self._with(message=message)

    def called(self, span: Span, source: str, name: str) -> ArchitectureError:
        """Return the same error, met inside a macro that is called at this place."""
        return self._with(calls=(*self.calls, Called(span, source, name)))

    def cut(self, start: int, end: int) -> ArchitectureError:
        """Return the same error with its source cut down to this part of it; a span outside is moved to its edge.

        >>> print(ArchitectureError("missing-comma", "a ',' is missing", span=Span(6, 7), source="let a=b c").cut(4, 9))
        a ',' is missing
          a=b c
            ^
        """
        source = None if self.source is None else self.source[start:end]
        if self.span is None:
            return self._with(source=source)
        moved = (min(max(start, offset), end) - start for offset in self.span)
        return self._with(source=source, span=Span(*moved))

    @property
    def line(self) -> int | None:
        """The line of the source on which the span starts, from 1."""
        if self.span is None or self.source is None:
            return None
        return self.source.count("\n", 0, self.span.start) + 1

    @property
    def column(self) -> int | None:
        """The column at which the span starts, from 1."""
        if self.span is None or self.source is None:
            return None
        return self.span.start - (self.source.rfind("\n", 0, self.span.start) + 1) + 1

    def __str__(self) -> str:
        parts = [visible(self.message, "\n")]
        if self.span is not None and self.source is not None:
            parts.append(_excerpt(self.source, self.span))
        shown = self.calls if len(self.calls) <= _MOST_CALLS else (*self.calls[: _MOST_CALLS - 1], self.calls[-1])
        for call in shown:
            if call is shown[-1] and len(shown) < len(self.calls):
                parts.append(f"… {len(self.calls) - len(shown)} calls further out …")
            parts.append(f"in {call.name}, called here:")
            parts.append(_excerpt(call.source, call.span))
        if self.hint is not None:
            parts.append(f"hint: {visible(self.hint, chr(10))}")
        return "\n".join(parts)


_FIELDS = ("code", "message", "span", "hint", "source", "calls")


def not_installed(what: str, package: str, extra: str) -> ArchitectureError:
    """Return the refusal of what needs a package that one of pip's extras brings.

    >>> print(not_installed("writing Parquet", "duckdb", "sweep"))
    writing Parquet needs the package duckdb, which is not installed
    hint: pip install 'symcount[sweep]'
    """
    message = f"{what} needs the package {package}, which is not installed"
    return ArchitectureError("not-installed", message, hint=f"pip install 'symcount[{extra}]'")


def _rebuilt(kind: type[ArchitectureError], code: str, message: str, *rest: Any) -> ArchitectureError:
    return kind(code, message, **dict(zip(_FIELDS[2:], rest, strict=True)))


def _excerpt(source: str, span: Span) -> str:
    """The line of the source that holds the span, and a caret under the whole span, or at the end of the text."""
    start = min(span.start, len(source))
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", first)
    last = len(source) if last < 0 else last
    left, right = first, last
    if last - first > _WIDEST_LINE:
        left = max(first, start - _WIDEST_LINE // 2)
        right = min(last, left + _WIDEST_LINE)
    before = "…" if left > first else ""
    after = "…" if right < last else ""
    shown = before + _printable(source[left:right]) + after
    caret = " " * (len(before) + start - left) + "^" * max(1, min(span.end, right) - start)
    return f"  {shown}\n  {caret}"


def _printable(text: str) -> str:
    """The text with every character that would move the caret or the terminal replaced."""
    return "".join(char if char.isprintable() else "�" for char in text)


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, turns the direction of writing, ends a line, or is half a character."""


def visible(text: str, kept: str = "", escape: Callable[[str], str] = lambda char: ascii(char)[1:-1]) -> str:
    r"""Return a text with an escape for each character that would steer a terminal or turn the writing round.

    ``kept`` are those that may stay; the escapes are Python's unless others are asked for.

    >>> print(visible("a\x1b[31mb\u202ec\n"))
    a\x1b[31mb\u202ec\n
    """
    plain = text
    for char in kept:
        plain = plain.replace(char, "")
    if plain.isprintable():  # as most texts are, which is known four times as fast
        return text
    return _CONTROLS.sub(lambda found: found[0] if found[0] in kept else escape(found[0]), text)


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is spelled most like this one, if any is.

    >>> near("strid", ["filters", "kernel", "stride"])
    'stride'
    """
    from difflib import get_close_matches

    by_lower = {each.lower(): each for each in known}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None
