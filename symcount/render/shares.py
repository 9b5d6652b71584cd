"""The share that each family of layers has of a total, as a table and as data."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symcount.answers.shares import Share, Shares
from symcount.arithmetic import Size, Term, by_name
from symcount.arithmetic.notation import PYTHON, TEXT
from symcount.errors import visible
from symcount.quantities import Quantity
from symcount.render.decimals import decimal
from symcount.render.medium import Medium
from symcount.render.table import Column, Table


def shares_table(found: Shares, quantity: Quantity, kind: Medium) -> Table:
    """Return a row for each family of layers of one network."""
    share = f"share as {found.symbol} grows" if found.symbol else "share"
    columns = (
        Column(visible(found.network), code=True), Column(quantity.name, numeric=True), Column(share, numeric=True),
    )  # fmt: skip
    return Table(columns, tuple(_row(each, kind) for each in found.rows))


def _row(share: Share, kind: Medium) -> tuple[str, str, str]:
    return kind.escape(share.name), kind.size(share.amount), _share(share.share, kind)


def _share(share: Size | Fraction | None, kind: Medium) -> str:
    if share is None:
        return ""
    return decimal(share) if isinstance(share, Fraction) else kind.size(share)


def most_lines(found: Shares, kind: Medium) -> Iterator[str]:
    """Yield which family has most from where on."""
    if len(found.most) < 2:
        return
    notation = kind.notation
    told = [
        kind.escape(f"{name} from ")
        + kind.maths(notation.equals.format(notation.name(found.symbol), notation.integer(at)))
        for at, name in found.most
    ]
    yield kind.escape("most is in ") + kind.escape(", ").join(told) + kind.escape(" on")


def shares_json(found: Shares) -> dict[str, Any]:
    """Return the same as data."""
    return {
        "architecture": found.network,
        "as_grows": found.symbol or None,
        "families": [
            {"family": each.name, "amount": _plain(each.amount), "share": _written(each.share)} for each in found.rows
        ],
        "most": [{"from": at, "family": name} for at, name in found.most],
    }


def _plain(size: Size) -> int | str:
    return size if isinstance(size, int) else by_name(size, PYTHON)


def _written(share: Size | Fraction | None) -> str | None:
    if share is None:
        return None
    return by_name(share, TEXT) if isinstance(share, Term) else str(share)
