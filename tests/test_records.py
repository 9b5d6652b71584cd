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
    with pytest.raises(AttributeError, match=r"^Size is frozen: 'width' cannot be changed$"):
        size.width = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del size.width
    assert not hasattr(size, "__dict__")
    assert not hasattr(Size, "__weakref__")


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


def test_records_are_equal_by_class_and_values_and_hashed_alike() -> None:
    assert Size(2, 3) == Size(2, 3)
    assert [Size(2, 3) == other for other in (Size(3, 3), Size(2, 4), Box(2, 3), (2, 3), 2)] == [False] * 5
    assert hash(Size(2, 3)) == hash(Size(2, 3)) != hash(Size(3, 2))
    assert {Size(2, 3): "a"}[Size(2, 3)] == "a"
    assert Box(1, 1, 1) == Box(1) != Box(1, 1, 2)
    assert Size(1).__eq__(1) is NotImplemented


def test_one_field_and_none() -> None:
    @record
    class Side:
        length: int

    @record
    class Nothing:
        pass

    @record
    class Point(Nothing):
        x: int

    assert Side(3) == Side(3) != Side(4)
    assert len({Side(3), Side(3), Nothing(), Nothing(), Point(3), Point(3)}) == 3
    inside = "test_one_field_and_none.<locals>."
    assert [repr(Size(2)), repr(Nothing()), repr(Side(3))] == [
        "Size(width=2, height=1)", f"{inside}Nothing()", f"{inside}Side(length=3)",
    ]  # fmt: skip


def test_methods_of_a_class_are_its_own() -> None:
    @record
    class Modulo:
        value: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Modulo) and (self.value - other.value) % 10 == 0

        def __hash__(self) -> int:
            return self.value % 10

    @record
    class Hashed:
        values: list[int]

        def __hash__(self) -> int:
            return len(self.values)

    @record
    class Compared:
        value: int

        def __eq__(self, other: object) -> bool:
            return True

    assert (Modulo(3) == Modulo(13), hash(Modulo(13)), Modulo(3) == Modulo(4)) == (True, 3, False)
    assert (hash(Hashed([5])), Hashed([5]) == Hashed([5]), Hashed([5]) == Hashed([6])) == (1, True, False)
    assert Compared(1) == Compared(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Compared(1))


def test_what_stands_apart_in_a_base_stands_apart_in_its_children() -> None:
    class Marked(Number):
        """Not a record itself: it takes all from its base."""

    assert Marked(Span(0, 1), 5) == Marked(Span(7, 8), 5) != Marked(Span(0, 1), 6)
    assert Marked(Span(0, 1), 5) != Number(Span(0, 1), 5)
    assert hash(Marked(Span(0, 1), 5)) == hash(Marked(Span(7, 8), 5))


def test_a_part_that_two_records_share_is_not_looked_into() -> None:
    @record
    class Pair:
        left: object
        right: object

    class Opaque:
        def __eq__(self, other: object) -> bool:
            raise AssertionError("looked into")

        __hash__ = object.__hash__

    part = Opaque()
    assert Pair(part, 1) == Pair(part, 1)
    assert Pair(part, 1) != Pair(part, 2)


def test_methods_are_compiled_when_they_are_first_called() -> None:
    @record
    class Fresh:
        x: int

    names = ("__init__", "__eq__", "__hash__")

    def compiled() -> list[str]:
        return [name for name in names if getattr(Fresh, name).__qualname__ == f"{Fresh.__qualname__}.{name}"]

    assert compiled() == []
    first = Fresh(1)
    assert compiled() == ["__init__"]
    assert first == Fresh(1)
    assert compiled() == ["__init__", "__eq__"]
    assert hash(first) == hash(Fresh(1))
    assert compiled() == [*names]
