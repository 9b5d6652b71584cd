"""Recognises other notations for networks in a text that is not of this language.

It says which notation it is and what to write instead; it is asked only after reading failed.
"""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError, Span
from symcount.syntax.diagnosis.notation import EXAMPLE, Notation
from symcount.syntax.diagnosis.pasted import PASTED
from symcount.syntax.links import KERNEL_FIRST, KERNEL_FIRST_SIGN, MAPS_FIRST, WIDTHS_SIGN, Links, translated

_FLAGS = re.IGNORECASE


def foreign(source: str) -> ArchitectureError | None:
    """Return what to write for a text in another notation, or None."""
    for notation in _NOTATIONS:
        if match := notation.sign.search(source):
            return ArchitectureError(
                "foreign-notation",
                f"this looks like {notation.called}",
                span=Span(*match.span()),
                hint=notation.instead(source, match),
            )
    return None


def _widths(source: str, _: re.Match[str]) -> str:
    """``784-800-10`` → ``I784-H800-O10``."""
    sizes = re.findall("[0-9]+", source)[:12]
    return "write " + "-".join((f"I{sizes[0]}", *(f"H{size}" for size in sizes[1:-1]), f"O{sizes[-1]}"))


def _maps_first(source: str, match: re.Match[str]) -> str:
    """``1x29x29-20C4-MP2-10N`` → ``I(1,29x29)-C(20,4)-P2-O10``."""
    return _instead(re.findall(r"\w+", source), match, _MAPS_FIRST)


def _kernel_first(source: str, match: re.Match[str]) -> str:
    """``CONV-9-32 / POOL-2 / FC-3`` → ``C(32,9)-P2-O3``; in a line of this language, the link alone."""
    parts = re.findall(r"conv-?[0-9]+-[0-9]+|(?:pool|fc)-[0-9]+|\w+", source, _FLAGS)
    return _instead(parts, match, _KERNEL_FIRST)


def _vgsl(source: str, _: re.Match[str]) -> str:
    """``[1,48,0,1 Ct5,5,16 Mp3,3]`` → ``I(1,48xT)-C(16,5)-P3`` and so on, by its first links."""
    found = re.search(r"\bC[a-z]([0-9]+),([0-9]+),([0-9]+)", source)
    if found is None:
        return f"write {EXAMPLE}"
    rows, columns, filters = found.groups()
    kernel = rows if rows == columns else f"{rows}x{columns}"
    return f"write C({filters},{kernel}) for {found[0]}, as in {EXAMPLE}"


_MAPS_FIRST: Links = ((r"([0-9]+)x([0-9]+x[0-9]+)", r"I(\1,\2)"), *MAPS_FIRST)
_KERNEL_FIRST: Links = ((r"I|INPUT", "I"), *KERNEL_FIRST)
"""The links of a notation, and its input."""


def _instead(parts: list[str], match: re.Match[str], links: Links) -> str:
    """Say what to write for all the links, or for what was found where there is one that nobody knows."""
    written = [translated(part, links) for part in parts[:40]]
    known = [link for link in written if link is not None]
    if len(known) == len(written):
        if known[-1].startswith("H"):
            known[-1] = "O" + known[-1][1:]
        return f"write {'-'.join(known)}"
    found = match[0].strip()
    inner = [translated(part, links) for part in found.split("-")] if links is _MAPS_FIRST else []
    link = translated(found, links) or "-".join(filter(None, inner))
    return f"write {link} for {found}" if link else f"write {EXAMPLE}"


_NOTATIONS = (
    Notation(
        re.compile(r"\A\s*(?:\[\s*)?[0-9]+,[0-9]+,[0-9]+,[0-9]+\s+[A-Z]\w*"),
        "VGSL, the notation of Tesseract and kraken",
        _vgsl,
    ),
    *PASTED,
    Notation(
        WIDTHS_SIGN,
        "a list of layer sizes",
        _widths,
    ),
    Notation(
        re.compile(r"\A\s*(?:[0-9]+x[0-9]+(?:x[0-9]+)?\s*-\s*)?[0-9]+C[0-9]+(?:x[0-9]+)?\b"),
        "the notation that puts the number of maps first, as 20C5",
        _maps_first,
    ),
    Notation(
        KERNEL_FIRST_SIGN,
        "the notation that puts the kernel first, as CONV-9-32 or conv3-64",
        _kernel_first,
    ),
)
