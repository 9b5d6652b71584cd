"""Recognises other notations for networks in a text that is not of this language.

It says which notation it is and what to write instead; it is asked only after reading failed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symcount.errors import ArchitectureError, Span
from symcount.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

_EXAMPLE = "I(1,28x28)-C(32,5)-R-P2-H256-O10"
_FLAGS = re.IGNORECASE


@record
class _Notation:
    """A notation: how to recognise it, what it is called, and what to write for it."""

    sign: re.Pattern[str]
    called: str
    instead: Callable[[str, re.Match[str]], str]


def foreign(source: str) -> ArchitectureError | None:
    """Return what to write for a text in another notation, or None."""
    for notation in _NOTATIONS:
        if match := notation.sign.search(source):
            return ArchitectureError(
                "foreign-notation",
                f"this looks like {notation.called}",
                span=Span(*match.span()),
                hint=f"write {notation.instead(source, match)}",
            )
    return None


def _widths(source: str, _: re.Match[str]) -> str:
    """``784-800-10`` → ``I784-H800-O10``."""
    sizes = re.findall("[0-9]+", source)[:12]
    return "-".join((f"I{sizes[0]}", *(f"H{size}" for size in sizes[1:-1]), f"O{sizes[-1]}"))


def _maps_first(source: str, _: re.Match[str]) -> str:
    """``1x29x29-20C4-MP2-10N`` → ``I(1,29x29)-C(20,4)-P2-O10``."""
    return _translated(re.findall(r"\w+", source), _MAPS_FIRST)


def _kernel_first(source: str, _: re.Match[str]) -> str:
    """``CONV-9-32 / POOL-2 / FC-3`` → ``C(32,9)-P2-O3``."""
    return _translated(re.findall(r"conv-?[0-9]+-[0-9]+|(?:pool|fc)-[0-9]+|\w+", source, _FLAGS), _KERNEL_FIRST)


def _vgsl(source: str, _: re.Match[str]) -> str:
    """``[1,48,0,1 Ct5,5,16 Mp3,3]`` → ``I(1,48xT)-C(16,5)-P3`` and so on, by its first links."""
    found = re.search(r"\bC[a-z]([0-9]+),([0-9]+),([0-9]+)", source)
    if found is None:
        return _EXAMPLE
    rows, columns, filters = found.groups()
    kernel = rows if rows == columns else f"{rows}x{columns}"
    return f"C({filters},{kernel}) for {found[0]}, as in {_EXAMPLE}"


def _example(_: str, __: re.Match[str]) -> str:
    return f"the layers in one line, such as {_EXAMPLE}"


_Rewriting = tuple[tuple[str, str], ...]

_MAPS_FIRST: _Rewriting = (
    (r"([0-9]+)x([0-9]+x[0-9]+)", r"I(\1,\2)"),
    (r"([0-9]+)C([0-9]+(?:x[0-9]+)?)", r"C(\1,\2)"),
    (r"(?:M|Max)?P(?:ool)?([0-9]+(?:x[0-9]+)?)", r"P\1"),
    (r"([0-9]+)(?:N|F|FC|H)", r"H\1"),
)

_KERNEL_FIRST: _Rewriting = (
    (r"I|INPUT", "I"),
    (r"CONV-?([0-9]+)-([0-9]+)", r"C(\2,\1)"),
    (r"(?:MAX)?POOL-?([0-9]+)", r"P\1"),
    (r"MAXPOOL", r"P2"),
    (r"FC-?([0-9]+)", r"H\1"),
    (r"RELU", "R"),
    (r"SOFT-?MAX", "softmax"),
)


def _translated(parts: list[str], rewriting: _Rewriting) -> str:
    """Rewrite the links one by one; return the example where there is a link that nobody knows."""
    links: list[str] = []
    for part in filter(None, parts[:40]):
        known = (re.fullmatch(sign, part, _FLAGS) for sign, _ in rewriting)
        match = next(((found, new) for found, (_, new) in zip(known, rewriting, strict=True) if found), None)
        if match is None:
            return f"{links[0]}, as in {_EXAMPLE}" if links else _EXAMPLE
        links.append(match[0].expand(match[1]))
    if links[-1].startswith("H"):
        links[-1] = "O" + links[-1][1:]
    return "-".join(links)


_PYTHON = "|".join(
    (
        r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+\w",
        r"^[ \t]*class[ \t]+\w+[^\n:]{0,200}:",
        r"^[ \t]*def[ \t]+\w+[ \t]*\([^)\n]{0,200}\)[^\n:]{0,200}:",
        r"\blambda\b[^;\n]{0,80}:",
        r"\b(?:self|nn|tf|F|keras|torch|layers|models?)\.[A-Za-z]\w*",
        r"\bSequential[ \t]*\(",
        r"\bConv[123][dD][ \t]*\([^)\n]{0,200}['\"]",
    )
)

_NOTATIONS = (
    _Notation(
        re.compile(r"\A\s*(?:\[\s*)?[0-9]+,[0-9]+,[0-9]+,[0-9]+\s+[A-Z]\w*"),
        "VGSL, the notation of Tesseract and kraken",
        _vgsl,
    ),
    _Notation(re.compile(_PYTHON, re.MULTILINE), "Python code", _example),
    _Notation(
        re.compile(r"\A\s*[0-9]+(?:\s*-\s*[0-9]+)+\s*\Z"),
        "a list of layer sizes",
        _widths,
    ),
    _Notation(
        re.compile(r"\A\s*(?:[0-9]+x[0-9]+(?:x[0-9]+)?\s*-\s*)?[0-9]+C[0-9]+(?:x[0-9]+)?\b"),
        "the notation that puts the number of maps first, as 20C5",
        _maps_first,
    ),
    _Notation(
        re.compile(r"\bconv-?([0-9]+)-[0-9]+\b", _FLAGS),
        "the notation that puts the kernel first, as CONV-9-32 or conv3-64",
        _kernel_first,
    ),
)
