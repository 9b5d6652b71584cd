from __future__ import annotations

import pytest

from symcount import Architecture
from tests.published import Case, cases

CASES = cases("counts.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_a_count_is_what_others_found(case: Case) -> None:
    net = Architecture(case.text, case.bindings, convention=case.convention)
    assert net.of(case.quantity) == case.total
    if case.rows is not None:
        assert sum(case.rows) == case.total
        assert [layer.of(case.quantity) for layer in net.layers] == case.rows


def test_every_count_has_a_source() -> None:
    assert len(CASES) > 50
    assert all(case.source.strip() for case in CASES)
