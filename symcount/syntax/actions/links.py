"""Makes the nodes of statements and layers: one function for each rule of the grammar.

Called while the parser runs. They refuse what the grammar cannot say: a binding of a reserved
word, and a tap that would drop the layers before it.
"""

from __future__ import annotations

from symcount.errors import ArchitectureError, Span
from symcount.syntax.actions.parts import Parts, bound, reach
from symcount.syntax.actions.sizes import refuse_area_as_name, refuse_downwards
from symcount.syntax.limits import MOST_NUMBERED
from symcount.syntax.reserved import check_bound
from symcount.syntax.tree import (
    Again,
    Argument,
    Branches,
    Call,
    Chain,
    Choice,
    Definition,
    Index,
    Item,
    Label,
    Labelled,
    Let,
    List,
    Maybe,
    Number,
    Parameter,
    Program,
    Repeat,
    Series,
    Tap,
    Tuple,
)

_PLAIN = frozenset((Call, Branches, Again))
"""Items that cannot drop what arrives at them."""


def program(parts: Parts) -> Program:
    statements = parts[0]
    return Program(statements[0].span.to(statements[-1].span), tuple(statements))


def definition(parts: Parts) -> Definition:
    name = parts[1]
    check_bound(str(name), name.start_pos)
    parameters = parts[3] if type(parts[3]) is list else ()
    return Definition(reach(parts), str(name), tuple(parameters), parts[-1])


def let(parts: Parts) -> Let:
    return Let(reach(parts), bound(parts[1]), parts[3])


def choice(parts: Parts) -> Choice:
    """A size that is one of several, or so many of them; values in round brackets are a list too."""
    names = [bound(part) for part in parts[1:-1:2]]
    if len(names) > 1:
        _check_numbered(names[0], names[1], reach(parts[1:4]))
    values = parts[-1]
    listed = List(values.span, values.items) if isinstance(values, Tuple) else values
    return Choice(reach(parts), names[0], names[1] if len(names) > 1 else None, listed)


def _check_numbered(first: str, last: str, span: Span) -> None:
    """Refuse ``a..b``: so many sizes have a number each behind one name, and count upwards."""
    stem, others = first.rstrip("0123456789"), last.rstrip("0123456789")
    one, two = first.removeprefix(stem), last.removeprefix(others)
    if stem != others or not (one and two) or int(one) > int(two) or str(int(one)) != one or str(int(two)) != two:
        message = f"{first}..{last} are no sizes in a row: each has the same name, and a number behind it"
        raise ArchitectureError("bad-choice", message, span=span, hint="write let k_1..k_7 in [3,5,7]")
    if int(two) - int(one) >= MOST_NUMBERED:
        message = f"at most {MOST_NUMBERED:,} sizes are given values at once"
        raise ArchitectureError("limit", message, span=span)


def parameter(parts: Parts) -> Parameter:
    name = parts[0]
    return Parameter(reach(parts), bound(name), parts[2] if len(parts) > 1 else None)


def chain(parts: Parts) -> Chain:
    items: list[Item] = parts[0]
    if not _PLAIN.issuperset(map(type, items)):
        for item in items[1:]:
            refuse_tap(item)
    return Chain(items[0].span.to(items[-1].span), tuple(items))


def call(parts: Parts) -> Call:
    name = parts[0]
    if len(parts) == 1:
        return Call(Span(name.start_pos, name.end_pos), str(name), (), None)
    return Call(Span(name.start_pos, parts[-1].end_pos), str(name), _arguments(parts), None)


def call_with_block(parts: Parts) -> Call:
    name, block = parts[0], parts[-1]
    return Call(Span(name.start_pos, block.span.end), str(name), _arguments(parts), block)


def argument(parts: Parts) -> Argument:
    name, value = parts[0], parts[2]
    return Argument(Span(name.start_pos, value.span.end), str(name), value)


def series(parts: Parts) -> Series:
    return Series(reach(parts), parts[1])


def branches(parts: Parts) -> Branches:
    return Branches(reach(parts), "|", tuple(parts[1]))


def added_branches(parts: Parts) -> Branches:
    return Branches(reach(parts), "+", tuple(parts[1]))


def tap(parts: Parts) -> Tap:
    return Tap(reach(parts), parts[1])


def again(parts: Parts) -> Again:
    return Again(reach(parts), parts[1])


def repeat(parts: Parts) -> Repeat:
    item, count = parts[0], parts[2]
    return Repeat(item.span.to(count.span), item, count)


def maybe(parts: Parts) -> Maybe:
    return Maybe(reach(parts), parts[0])


def labelled(parts: Parts) -> Labelled:
    return Labelled(parts[0].span.to(parts[2].span), parts[0], parts[2])


def label(parts: Parts) -> Label:
    return Label(reach(parts), str(parts[0]), parts[2] if len(parts) > 1 else None)


def index(parts: Parts) -> Index:
    names = tuple(bound(name) for name in parts[1])
    refuse_downwards(names[0], parts[3])
    return Index(reach(parts), names, parts[3])


def _arguments(parts: Parts) -> tuple[Argument, ...]:
    """Return the arguments of a call, those by place given their nodes."""
    if len(parts) < 4 or type(parts[2]) is not list:
        return ()
    given = tuple([part if type(part) is Argument else Argument(part.span, None, part) for part in parts[2]])
    for each in given:
        if type(each.value) is not Number:
            refuse_area_as_name(each.value)
    return given


def refuse_tap(item: Item) -> None:
    """Refuse a tap in the middle of a chain: it would drop the layers before it."""
    match item:
        case Tap():
            raise ArchitectureError(
                "tap-inside",
                f"@{item.label.name} in the middle of a chain would drop the layers before it",
                span=item.span,
                hint=f"a tap stands first in a branch or tower, as in {{@{item.label.name}|_}}",
            )
        case Repeat(item=inner) | Maybe(item=inner) | Labelled(item=inner):
            refuse_tap(inner)
        case Series(chain=Chain(items=(inner, *_))):
            refuse_tap(inner)
