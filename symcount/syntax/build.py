"""Makes trees without a text, for programs that translate a network into the language.

A value is an int, a Fraction, a bool (``on`` or ``off``), a text of the language, a tuple, a list, a range, or a node.
Names are checked here; what only a whole text can tell, such as a nesting too deep, is refused by ``program``.

>>> from symcount.syntax import text
>>> stem = chain(call("I", 3, (224, 224)), call("C", 64, 7, s=2, p="same"), call("P", 3, 2))
>>> text(program(stem, chain(tap("stem"), repeat(wrapper("res", call("C", "4*d", 1, bias=False)), "N"))))
'I(3,224x224)-C(64,7,s=2,p=same)-P(3,2); @stem-res[C(4*d,1,bias=off)]*N'
"""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError
from symcount.syntax import tree
from symcount.syntax.actions.links import refuse_tap
from symcount.syntax.actions.sizes import refuse_area_as_name
from symcount.syntax.parser import parse
from symcount.syntax.printer import text
from symcount.syntax.reserved import check_bound, check_symbol
from symcount.syntax.tree import NO_SPAN
from symcount.syntax.values import Given, value

Layers = tree.Item | tree.Chain
"""What layers may be given as: one item, or a chain of them."""


def call(name: str, /, *values: Given, **named: Given) -> tree.Call:
    """Return a layer or a macro with its arguments, by place and by name.

    >>> text(call("C", 32, (3, 5), p="same", bias=False))
    'C(32,3x5,p=same,bias=off)'
    >>> text(call("MHA", 8, **{"from": label("memory")}))
    'MHA(8,from=@memory)'
    """
    by_place = [tree.Argument(NO_SPAN, None, value(each)) for each in values]
    by_name = [tree.Argument(NO_SPAN, _name(each), value(given)) for each, given in named.items()]
    for argument in (*by_place, *by_name):
        refuse_area_as_name(argument.value)
    return tree.Call(NO_SPAN, _name(name), (*by_place, *by_name), None)


def wrapper(name: str, block: Layers, /, *values: Given, **named: Given) -> tree.Call:
    """Return a wrapper or a macro that is given a block of layers.

    >>> text(wrapper("moe", chain(call("Lin", 64), call("R")), 8, top=2))
    'moe(8,top=2)[Lin(64)-R]'
    """
    bare = call(name, *values, **named)
    return tree.Call(NO_SPAN, bare.name, bare.arguments, block if isinstance(block, tree.Branches) else series(block))


def chain(first: Layers, /, *others: Layers) -> tree.Chain:
    """Return layers one after another; a chain among them is taken apart.

    >>> text(chain(call("I", 784), chain(call("H", 100), call("O", 10))))
    'I(784)-H(100)-O(10)'
    """
    items = [item for each in (first, *others) for item in (each.items if isinstance(each, tree.Chain) else [each])]
    for item in items:
        if not isinstance(item, tree.Item):
            raise TypeError(f"a chain is made of items, found {item!r}")
    for item in items[1:]:
        refuse_tap(item)
    return tree.Chain(NO_SPAN, tuple(items))


def series(first: Layers, /, *others: Layers) -> tree.Series:
    """Return layers in brackets: ``[A-B]``."""
    return tree.Series(NO_SPAN, chain(first, *others))


def branches(*parts: Layers, joint: str = "|") -> tree.Branches:
    """Return branches from one input, ``|`` side by side or ``+`` added.

    >>> text(branches(chain(call("C", 64, 3), call("R")), call("_"), joint="+"))
    '{C(64,3)-R+_}'
    """
    if joint not in ("|", "+"):
        raise ValueError(f"branches are joined by '|' or '+', found {joint!r}")
    if len(parts) < (2 if joint == "+" else 1):
        raise ValueError("branches that are added are two or more, and others one or more")
    return tree.Branches(NO_SPAN, joint, tuple(chain(each) for each in parts))


def repeat(layers: Layers, count: Given, *names: str) -> tree.Repeat:
    """Return layers repeated: so often, or once for each of the values that the names take.

    >>> text(repeat(call("R"), 3)), text(repeat(call("R"), "N-1"))
    ('R*3', 'R*(N-1)')
    >>> text(repeat(call("C", "f", 3), [64, 128], "f")), text(repeat(call("H", "i*d"), range(1, 5), "i"))
    ('C(f,3)*(f in [64,128])', 'H(i*d)*(i=1..4)')
    """
    counted = value(count)
    if names:
        if not isinstance(counted, tree.Range | tree.List):
            raise TypeError(f"names take the values of a range or a list, found {count!r}")
        return tree.Repeat(NO_SPAN, _item(layers), tree.Index(NO_SPAN, tuple(map(_bound, names)), counted))
    if not isinstance(counted, tree.Expression):
        raise TypeError(f"a count is one number or expression, found {count!r}")
    return tree.Repeat(NO_SPAN, _item(layers), counted)


def maybe(layers: Layers) -> tree.Maybe:
    """Return layers that may be there: ``A?``."""
    return tree.Maybe(NO_SPAN, _item(layers))


def labelled(layers: Layers, label: str, index: Given | None = None) -> tree.Labelled:
    """Return layers whose output has a label: ``A@tok``, or with an index ``A@tok[i]``."""
    return tree.Labelled(NO_SPAN, _item(layers), _label(label, index))


def tap(label: str, index: Given | None = None) -> tree.Tap:
    """Return the labelled tensor again, first in a branch or tower: ``@tok``.

    >>> text(tap("skip", "D-1-i"))
    '@skip[D-1-i]'
    """
    return tree.Tap(NO_SPAN, _label(label, index))


def again(label: str, index: Given | None = None) -> tree.Again:
    """Return the labelled layers again, with the same weights: ``&blk``."""
    return tree.Again(NO_SPAN, _label(label, index))


def label(name: str, index: Given | None = None) -> tree.Reference:
    """Return a label as the value of an argument: ``w=@tok``."""
    return tree.Reference(NO_SPAN, _label(name, index))


def let(name: str, given: Given) -> tree.Let:
    """Return the definition of a size.

    >>> text(let("d", "4*w"))
    'let d = 4*w'
    """
    size = value(given)
    if not isinstance(size, tree.Expression):
        raise TypeError(f"a let defines one number or expression, found {given!r}")
    return tree.Let(NO_SPAN, _bound(name), size)


def choice(name: str, values: Given, last: str | None = None) -> tree.Choice:
    """Return a size that is one of several, or with ``last`` so many of them.

    >>> text(choice("f", [16, 32])), text(choice("k_1", [3, 5], "k_7"))
    ('let f in [16,32]', 'let k_1..k_7 in [3,5]')
    """
    among = value(values)
    if not isinstance(among, tree.List | tree.Range):
        raise TypeError(f"a choice is among a list or a range, found {values!r}")
    return tree.Choice(NO_SPAN, _bound(name), None if last is None else _bound(last), among)


def definition(name: str, body: Layers, /, *parameters: str, **defaults: Given) -> tree.Definition:
    """Return a macro: its name, its layers, its parameters, and those that have a default.

    >>> text(definition("cr", chain(call("C", "f", "k"), call("R")), "f", k=3))
    'def cr(f,k=3) = C(f,k)-R'
    """
    bare = [tree.Parameter(NO_SPAN, _bound(each), None) for each in parameters]
    optional = [tree.Parameter(NO_SPAN, _bound(each), value(given)) for each, given in defaults.items()]
    check_bound(_name(name), 0)
    return tree.Definition(NO_SPAN, name, (*bare, *optional), chain(body))


def program(*statements: tree.Statement | tree.Item) -> tree.Program:
    """Return the whole program as its text is read: every node has its place in ``text(program)``.

    Raises ``ArchitectureError`` where that text cannot be read, and ``ValueError`` where it would say something else.
    """
    if not statements:
        raise ValueError("a program has one statement at least")
    stated = (each if isinstance(each, _DEFINING) else chain(each) for each in statements)
    built = tree.Program(NO_SPAN, tuple(stated))
    read = parse(text(built))
    if read != built:
        raise ValueError(f"a node has a value that no text gives it: {text(built)}")
    return read


_DEFINING = tree.Definition | tree.Let | tree.Choice
"""Statements that define something, and are no chain of layers."""


def _item(layers: Layers) -> tree.Item:
    return series(layers) if isinstance(layers, tree.Chain) else chain(layers).items[0]


def _label(name: str, index: Given | None) -> tree.Label:
    if index is None:
        return tree.Label(NO_SPAN, _name(name))
    size = value(index)
    if not isinstance(size, tree.Expression):
        raise TypeError(f"the index of a label is one number or expression, found {index!r}")
    return tree.Label(NO_SPAN, _name(name), size)


def _name(name: str) -> str:
    if not isinstance(name, str):
        raise TypeError(f"a name is text, found {name!r}")
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name has letters, digits and _, and is none of def, let and in, found {name!r}")
    return name


_NAME = re.compile("(?!(def|let|in)$)[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def _bound(name: str) -> str:
    try:
        check_symbol(_name(name), 0)
        check_bound(name, 0)
    except ArchitectureError as error:
        raise error.within(name) from None
    return name
