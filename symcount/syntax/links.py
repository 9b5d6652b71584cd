"""What the links of other notations are in this language: one table, for hints and for readers."""

from __future__ import annotations

import re

Links = tuple[tuple[str, str], ...]
"""Each link that a notation has, as a pattern, and what it is here."""

WIDTHS_SIGN = re.compile(r"\A\s*[0-9]+(?:\s*-\s*[0-9]+)+\s*\Z")
"""How a list of layer sizes looks, such as ``784-800-10``."""

KERNEL_FIRST_SIGN = re.compile(r"\bconv-?[0-9]+-[0-9]+\b", re.IGNORECASE)
"""How a link looks that puts the kernel first, such as ``CONV-9-32`` or ``conv3-64``."""

MAPS_FIRST: Links = (
    (r"([0-9]+)C([0-9]+)(?:x\2)?", r"C(\1,\2)"),
    (r"([0-9]+)C([0-9]+x[0-9]+)", r"C(\1,\2)"),
    (r"([0-9]+)C([0-9]+)S([0-9]+)", r"C(\1,\2,s=\3,p=same)"),
    (r"[0-9]*(?:M|Max)?P(?:ool)?([0-9]+)(?:x\1)?", r"P\1"),
    (r"[0-9]*(?:M|Max)?P(?:ool)?([0-9]+x[0-9]+)", r"P\1"),
    (r"[0-9]*AP([0-9]+)(?:x\1)?", r"AP\1"),
    (r"([0-9]+)(?:N|F|FC|H|SVM)", r"H\1"),
    (r"D[0-9]*%?", "D"),
    (r"(?:R|ReLU)", "R"),
    (r"(?:softmax)", "softmax"),
)
"""``20C4-MP2-150N``: the number of maps, the kind, the side of the window."""

KERNEL_FIRST: Links = (
    (r"CONV-([0-9]+)-([0-9]+)", r"C(\2,\1)"),
    (r"CONV([0-9]+)-([0-9]+)", r"C(\2,\1,p=same)"),
    (r"(?:MAX)?-?POOL-?([0-9]+)", r"P\1"),
    (r"(?:AVG|AVERAGE)-?POOL-?([0-9]+)", r"AP\1"),
    (r"MAX-?POOL|POOL", "P2"),
    (r"FC-?([0-9]+)", r"H\1"),
    ("RELU", "R"),
    ("LRN", "LRN"),
    ("BN|BATCHNORM", "BN"),
    (r"DROPOUT(?:-?[0-9.]+)?", "D"),
    ("FLATTEN", "F"),
    ("SOFT-?MAX", "softmax"),
)
"""``CONV-9-32 / POOL-2 / FC-3``: the kind, the side of the window, the number of filters."""


def translated(part: str, links: Links) -> str | None:
    """Return what a link is here, None for one that the notation does not have."""
    for sign, new in links:
        if match := re.fullmatch(sign, part, re.IGNORECASE):
            return match.expand(new)
    return None
