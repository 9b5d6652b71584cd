"""The letters of a rule: a layer and its input with every size under the name that a page gives it."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Named, Size, Symbol
from symcount.layers.arguments import Argument, From, Word
from symcount.layers.layer import Layer
from symcount.layers.shape import Shape
from symcount.layers.source import Source
from symcount.records import replace

_AXIS_LETTERS = {2: ("h", "w"), 3: ("t", "h", "w")}
_AXIS_NAMES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def axis_letters(rank: int) -> tuple[str, ...]:
    """Return the letters of the axes where they differ.

    >>> axis_letters(2)
    ('h', 'w')
    """
    return _AXIS_LETTERS.get(rank) or tuple(f"n_{axis}" for axis in range(1, rank + 1))


def axis_names(rank: int) -> tuple[str, ...]:
    """Return the words for the axes.

    >>> axis_names(2)
    ('height', 'width')
    """
    return _AXIS_NAMES.get(rank) or tuple(f"axis {axis}" for axis in range(1, rank + 1))


def lettered(layer: Layer, x: Shape) -> tuple[Layer, Shape]:
    """Return the layer and its input with every size under its letter.

    A value that is the default stays a plain int, and so vanishes from the rule.
    """
    values: dict[str, Any] = {}
    for name, argument in layer.arguments.items():
        value = getattr(layer, name)
        if isinstance(value, Source):
            values[name] = _lettered_source(value)
        elif _is_a_size(argument, value):
            values[name] = _named(argument, value, values, layer)
    return layer.with_values(**values), lettered_shape(x)


def _lettered_source(source: Source) -> Source:
    """The labelled tensor with its sizes under letters: those of a memory are not those that arrive."""
    shape = source.shape
    letters = ("n_m",) if shape.rank == 1 else (f"{letter}_m" for letter in axis_letters(shape.rank))
    axes = tuple(Named(letter, size) for letter, size in zip(letters, shape.axes, strict=True))
    return replace(source, shape=Shape(Named("c_m", shape.channels), axes))


def _is_a_size(argument: Argument, value: object) -> bool:
    return argument.counted and not argument.flag and value is not None and not isinstance(value, Word)


def _named(argument: Argument, value: Any, before: dict[str, Any], layer: Layer) -> Any:
    """The value of an argument under its letter, or under that of the argument whose value it takes over."""
    default = argument.default
    if isinstance(default, From) and value == getattr(layer, default.argument):
        return before[default.argument]
    if isinstance(value, tuple):
        return _each_part(argument, value) if argument.parts else _each(argument, value)
    return value if value == default else Named(argument.letter, value)


def _each_part(argument: Argument, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of the parts of a layer, each under the letter with its part; none stays 0."""
    letters = (f"{argument.letter}_{part}" for part in argument.parts)
    return tuple(value if value == 0 else Named(letter, value) for letter, value in zip(letters, values, strict=True))


def _each(argument: Argument, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a per-axis argument, under one letter where they agree."""
    letter = argument.letter
    plain = [value == argument.default or isinstance(value, Word) for value in values]
    if all(value == values[0] for value in values) and not (argument.numbered and len(values) > 1):
        return values if all(plain) else (Named(letter, values[0]),) * len(values)
    axes = map(str, range(1, len(values) + 1)) if argument.numbered else axis_letters(len(values))
    letters = (f"{letter}_{axis.removeprefix('n_')}" for axis in axes)
    return tuple(
        value if left else Named(name, value) for name, value, left in zip(letters, values, plain, strict=True)
    )


def lettered_shape(x: Shape) -> Shape:
    """Return the shape with its sizes named: ``c`` over ``n``, or ``h, w`` where they differ; a vector is ``n``."""
    if not x.axes:
        return Shape(Named("n", x.channels))
    if all(axis == x.axes[0] for axis in x.axes):
        return Shape(Named("c", x.channels), (Named("n", x.axes[0]),) * x.rank)
    return Shape(Named("c", x.channels), tuple(map(Named, axis_letters(x.rank), x.axes)))


def lettered_output(layer: Layer, x: Shape, y: Shape) -> Shape:
    """Return what leaves a layer, given the layer and its input under their letters: a calculated axis is ``m``.

    A size that arrived, or is an argument, keeps its letter.
    """
    rules = layer.output(x)
    if all(isinstance(rule, int | Named) for rule in rules.axes):
        return rules
    differ = len({*zip(rules.axes, y.axes, strict=True)}) > 1
    letters = (f"m_{axis.removeprefix('n_')}" for axis in axis_letters(y.rank)) if differ else ("m",) * y.rank
    known: dict[tuple[Size, Size], Size] = {}
    for letter, rule, size in zip(letters, rules.axes, y.axes, strict=True):
        known.setdefault((rule, size), rule if isinstance(rule, int | Named) else Named(letter, size))
    return Shape(rules.channels, tuple(known[pair] for pair in zip(rules.axes, y.axes, strict=True)))


def in_general(kind: type[Layer], rank: int) -> tuple[Layer, Shape]:
    """Return a layer of the kind with every argument open, over an input of so many equal axes.

    This is how a reference shows a rule: with all of its letters.
    """
    values: dict[str, Any] = {}
    for name, argument in kind.arguments.items():
        if argument.counted and argument.default is not None and not isinstance(argument.default, Word):
            letter = _letter(argument.letter)
            values[name] = (letter,) * kind.own_rank(rank) if argument.per_axis else letter
    layer = kind.bound({}, rank).with_values(**values)
    return layer, Shape(_letter("c" if rank else "n"), (_letter("n"),) * rank)


def _letter(name: str) -> Named:
    """A letter that stands for itself, and may be renamed."""
    return Named(name, Symbol(name))
