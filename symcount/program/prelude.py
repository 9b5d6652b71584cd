"""The definitions that ship with the language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from symcount.syntax import parse, tree

PRELUDE = """
def cb(f, k, s=1, p=0, g=1, d=1) = C(f, k, s=s, p=p, d=d, g=g, bias=off)-BN;
def cbr(f, k, s=1, p=0, g=1, d=1) = C(f, k, s=s, p=p, d=d, g=g, bias=off)-BN-R;
def dbr(k, s=1, p=0, d=1) = DW(k, s=s, p=p, d=d, bias=off)-BN-R
"""
"""Definitions that every program may use, or replace by its own."""


@cache
def definitions_shipped() -> Mapping[str, tree.Definition]:
    """Return them by their names."""
    return {each.name: each for each in parse(PRELUDE).statements if isinstance(each, tree.Definition)}
