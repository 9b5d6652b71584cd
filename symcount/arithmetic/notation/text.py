"""Arithmetic in plain text, as a person types it: ``(k^2*c + 1)*f``."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import Notation

TEXT = Notation(
    name=str,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
    times_before_digit="*",
    power="{}^{}",
    group="({})",
    ratio="{}/{}",
    floor="⌊{}/{}⌋",
    ceiling="⌈{}/{}⌉",
    remainder="{} mod {}",
    minimum="min({})",
    maximum="max({})",
    summation="Σ({index}={first}..{last}) {term}",
    comma=", ",
    by="×",
    at_least="{} ≥ {}",
    divides="{} divides {}",
    equals="{} = {}",
    stacked=False,
)
"""Plain text, as a person types it: ``(k^2*c + 1)*f``."""
