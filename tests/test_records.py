from __future__ import annotations

import copy
import pickle

import pytest

from symcount.errors import Span
from symcount.records import record, replace
from symcount.syntax.tree import Name, Node, Number


@record
class Size:
    width: int
    height: int = 1


@record
class Box(Size):
    depth: int = 1


def test_fields_are_given_by_place_by_name_or_left_out() -> None:
    assert Size(2) == Size(width=2, height=1)
    assert Box(2, 3) == Box(2, depth=1, height=3)
    with pytest.raises(TypeError, match="width"):
        Size()  # type: ignore[call-arg]


def test_a_base_may_be_made_after_its_child() -> None:
    assert (Box(4).height, Size(4).height) == (1, 1)
    assert Box(1) != Size(1)
    assert len({Size(1), Size(1, 1), Box(1)}) == 2


def test_records_are_frozen_and_have_no_dict() -> None:
    size = Size(2)
    with pytest.raises(AttributeError, match="frozen"):
        size.width = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del size.width
    assert not hasattr(size, "__dict__")


def test_records_are_copied_pickled_changed_and_matched() -> None:
    name = Name(Span(3, 4), "n")
    assert copy.deepcopy(name) == pickle.loads(pickle.dumps(name)) == name
    assert replace(name, name="m") == Name(Span(0, 0), "m")
    match name:
        case Node(span):
            assert span == Span(3, 4)


def test_a_field_that_stands_apart_is_neither_compared_nor_printed() -> None:
    assert Number(Span(0, 1), 5) == Number(Span(7, 8), 5)
    assert hash(Number(Span(0, 1), 5)) == hash(Number(Span(7, 8), 5))
    assert repr(Number(Span(0, 1), 5)) == "Number(value=5)"
