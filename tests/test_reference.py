"""The reference of layer kinds answers for every kind."""

from __future__ import annotations

import pytest

from symcount.layers import KINDS
from symcount.program import WRAPPERS
from symcount.render.reference import reference, reference_table


def test_the_table_has_a_row_for_every_kind_and_wrapper() -> None:
    assert sorted(row[0] for row in reference_table({}).rows) == sorted({*KINDS, *WRAPPERS})


@pytest.mark.parametrize("token", [*KINDS, *WRAPPERS])
def test_every_kind_is_explained(token: str) -> None:
    assert reference(token, {}).startswith(token)
