"""Arithmetic in plain text, as a person types it: ``(k^2*c + 1)*f``."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, POWER, PRODUCT, SUM, SUMMATION, Form, Notation, comparisons

TEXT = Notation(
    name=str,
    integer=str,
    plus=" + ",
    minus=" - ",
    negative="-",
    times="*",
    times_apart="*",
    power=Form("{}^{}", POWER, (ATOM, ATOM)),
    group="({})".format,
    ratio=Form("{}/{}", PRODUCT, (PRODUCT, POWER)),
    floor=Form("⌊{}/{}⌋", ATOM, (PRODUCT, POWER)),
    floor_of_sum=Form("⌊{}⌋", ATOM, (SUM,)),
    ceiling=Form("⌈{}/{}⌉", ATOM, (PRODUCT, POWER)),
    ceiling_of_sum=Form("⌈{}⌉", ATOM, (SUM,)),
    remainder=Form("{} mod {}", SUM, (POWER, POWER)),
    minimum=Form("min{}", ATOM, (SUM,)),
    maximum=Form("max{}", ATOM, (SUM,)),
    summation=Form("Σ({0}={1}..{2}) {3}", SUMMATION, (SUM, SUM, SUM, SUMMATION)),
    brackets=comparisons("[{{}} {} {{}}]", {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}),
    comma=", ",
    by="×",
    at_least="{} ≥ {}",
    at_most="{} ≤ {}",
    divides="{} divides {}",
    equals="{} = {}",
)
"""Plain text, as a person types it: ``(k^2*c + 1)*f``."""
