"""The steps of one layer: each is the rule that is counted, run on letters, with what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcount.architecture import Architecture, CountedLayer
from symcount.arithmetic import Named, Size, names
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT, Layer, Sentence, Shape, axis_names, lettered
from symcount.quantities import Quantity
from symcount.records import replace

Close = Callable[[tuple[Size, ...], tuple[Named, ...]], Size]
"""Sizes to what they come to together; the names given may stand in it."""


def worked(counted: CountedLayer, quantity: Quantity | None, close: Close) -> Worked:
    """Work one layer out: its sizes, and a quantity where one is asked for."""
    layer, x = counted.step.layer, counted.step.input
    on_letters = lettered(layer, x)
    sizes = tuple(_sizes(counted, on_letters, close))
    amount = None
    if quantity is not None:
        rule = quantity.rule(*on_letters, counted.architecture.convention)
        amount = Equation(quantity.words, rule, close((counted.size_of(quantity),), _named(x)))
    reason = SILENT if quantity is None or quantity.reason is None else quantity.reason(layer, x)
    return Worked(
        counted.index,
        counted.name,
        counted.label,
        counted.kind,
        layer.noun,
        counted.text,
        x.sizes,
        counted.step.output.sizes,
        sizes,
        amount,
        reason,
        _meanings(*on_letters, [each.rule for each in sizes] + ([amount.rule] if amount else [])),
    )


def _sizes(counted: CountedLayer, on_letters: tuple[Layer, Shape], close: Close) -> Iterator[Equation]:
    """What is flattened, then the channels where they are calculated, then each axis, once where axes agree."""
    layer, x = on_letters
    arriving = counted.step.input
    rules, output = layer.output(x), counted.step.output
    flat: list[Size] = []
    for (what, rule), (_, size) in zip(layer.beforehand(x), counted.step.layer.beforehand(arriving), strict=True):
        flat.append(rule)
        name = output.channels if rule == rules.channels and isinstance(output.channels, Named) else None
        yield Equation(what, rule, close((size,), _named(arriving)), name)
    if _is_worked(rules.channels, x, output.channels, arriving) and rules.channels not in flat:
        yield _equation("channels" if output.axes else "values", rules.channels, output.channels, close)
    how = counted.step.layer.fit(arriving)
    together: dict[tuple[Size, Size], list[str]] = {}
    for word, rule, size in zip(axis_names(output.rank), rules.axes, output.axes, strict=True):
        if how or _is_worked(rule, x, size, arriving):
            together.setdefault((rule, size), []).append(word)
    for (rule, size), words in together.items():
        step = _equation(_and(words), rule, size, close, how)
        yield replace(step, name=None, result=size) if size in arriving.sizes else step


def _is_worked(rule: Size, x: Shape, size: Size, arriving: Shape) -> bool:
    """Whether a size is calculated, or given a name, rather than an argument or what arrived."""
    if isinstance(rule, int | Named):
        return isinstance(size, Named) and size not in arriving.sizes
    return all(rule is not letter for letter in x.sizes)


def _equation(what: str, rule: Size, size: Size, close: Close, how: Sentence = SILENT) -> Equation:
    return Equation(what, rule, close((size,), ()), size if isinstance(size, Named) else None, how)


def _named(shape: Shape) -> tuple[Named, ...]:
    return tuple(size for size in shape.sizes if isinstance(size, Named))


def _and(names: list[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _meanings(layer: Layer, x: Shape, rules: list[Size]) -> dict[str, str]:
    """What the letters of these rules are: sizes that arrive, and the layer's arguments."""
    words: dict[Named, str] = {}
    arriving = ("channels" if x.axes else "size", *axis_names(x.rank))
    for size, word in zip(x.sizes, arriving, strict=True):
        if isinstance(size, Named):
            words[size] = f"the {'size' if size.name == 'n' else word} of its input"
    for name in layer.arguments:
        value = getattr(layer, name)
        sizes = value if isinstance(value, tuple) else (value,)
        several = len({size.name for size in sizes if isinstance(size, Named)}) > 1
        for size, axis in zip(sizes, axis_names(len(sizes)), strict=True):
            if isinstance(size, Named):
                along = f" along the {axis}" if several else ""
                words.setdefault(size, f"its {name.replace('_', ' ')}{along}")
    return {named.name: words[named] for rule in rules for named in names(rule) if named in words}


def closing(net: Architecture) -> Close:
    """Return how the sizes of a network are worked out: added up where all are numbers, else closed."""

    def close(sizes: tuple[Size, ...], names: tuple[Named, ...] = ()) -> Size:
        numbers = [size for size in sizes if isinstance(size, int)]
        return sum(numbers) if len(numbers) == len(sizes) else net.formulas.written(sizes, names)

    return close
