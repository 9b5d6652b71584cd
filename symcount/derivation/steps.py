"""Works one layer out step by step; each step is the rule that is counted, in letters, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcount.arithmetic import IndexedSum, Named, Size, Symbol, is_number, known_sum, names
from symcount.counts import Count, Row
from symcount.derivation.shown import shown_size, shown_step
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT, Layer, Sentence, Shape, Source, axis_names, lettered, lettered_output, sentence
from symcount.quantities import Quantity, Value
from symcount.records import replace
from symcount.trace import Block, Branch, Step

Close = Callable[[tuple[Size, ...], tuple[Named, ...]], Size]
"""Adds sizes up and works the sum out, in which the given names may remain."""


class Working:
    """Works the layers of a network out in order, each size under its name once it has one.

    ``own_letters`` are those of the rules that stand for something else than a symbol of the same name.
    """

    def __init__(self, count: Count, quantity: Quantity | None) -> None:
        self.quantity = quantity
        self.close = closer(count)
        self.defined = {size for _, shape in count.inputs for size in shape.sizes}
        self.own_letters: set[str] = set()

    def worked(self, row: Row) -> Worked:
        """Work a layer or a block out: its sizes, and a quantity where one is asked for."""
        part = row.part
        return self._block(row, part) if isinstance(part, Block) else self._layer(row, part)

    def _layer(self, row: Row, written: Step) -> Worked:
        quantity, close, step = self.quantity, self.close, shown_step(written, row.numbers)
        layer, x = step.layer, step.input
        on_letters = lettered(layer, x)
        leaving = lettered_output(*on_letters, step.output)
        self.defined |= set(x.sizes)
        sizes = tuple(map(self._once, _sizes(step, on_letters, close)))
        amount, reason = None, SILENT
        addends: tuple[Equation, ...] = ()
        rules = [each.rule for each in sizes]
        if quantity is not None:
            counted_before = quantity.fold.counts_before(written)
            rule = 0 if counted_before else _number(quantity.rule(*on_letters, leaving, row.setting))
            rules.append(rule)
            addends = () if counted_before else self._addends(on_letters, (layer, x))
            if addends:
                rule = sum(Named(each.what, each.result) for each in addends)
            amount = Equation(quantity.words, rule, close((row.size(quantity),), _named(x)))
            if counted_before:
                reason = sentence("its weights are those of a layer before it, and counted there")
            elif quantity.reason is not None:
                reason = quantity.reason(layer, x, step.output)
        letters = letter_meanings(*on_letters, leaving, rules)
        inner = (named for rule in rules for named in names(rule))
        self.own_letters |= {named.name for named in inner if named.value != Symbol(named.name)}
        heading = row.index, row.name, row.label, row.kind, layer.noun, row.text
        shapes = x.sizes, step.output.sizes
        idle = x == step.output and not sizes and not written.shared and (amount is None or is_number(amount.rule, 0))
        return Worked(*heading, *shapes, sizes, amount, reason, letters, idle=idle, addends=addends)

    def _addends(self, on_letters: tuple[Layer, Shape], on_sizes: tuple[Layer, Shape]) -> tuple[Equation, ...]:
        """The parts that a layer's rule is the sum of; one alone is the rule itself."""
        of = self.quantity and self.quantity.addends
        pairs = [*zip(of(*on_letters), of(*on_sizes), strict=True)] if of else []
        named = _named(on_sizes[1])
        found = [Equation(rule.what, rule.size, self.close((part.size,), named)) for rule, part in pairs]
        found = [each for each in found if not is_number(each.result, 0)]
        return tuple(found) if len(found) > 1 else ()

    def _once(self, found: Equation) -> Equation:
        """An equation that gives a name to a size, or ends with the name where the size has it already."""
        if found.name is None:
            return found
        if found.name in self.defined:
            return replace(found, name=None, result=found.name)
        self.defined.add(found.name)
        return found

    def _block(self, row: Row, block: Block) -> Worked:
        """Work a block out: the layers inside it, and their sum over its iterations."""
        quantity, close = self.quantity, self.close
        arriving, leaving = (row.numbers.shown(shape) for shape in (block.input, block.output))
        self.defined |= set(arriving.sizes)
        first = row.numbers.shown(block.parts[0].input) if block.parts else arriving
        entering = tuple(self._named_by(first, "arriving ", row))
        parts = enumerate(map(self.worked, row.layers), 1)
        inside = tuple(replace(each, name=f"{each.index} (b{at})") if each.inside else each for at, each in parts)
        sizes = (*entering, *self._named_by(leaving, "", row))
        amount = None
        if quantity is not None:
            letters = [
                Named(f"b_{place}" if each.only.inside else each.only.name, each.amount.result)
                for place, each in enumerate(inside, 1)
                if each.amount is not None and not is_number(each.amount.result, 0)
            ]
            rule = quantity.of_block(block, sum(letters))
            if isinstance(rule, IndexedSum):
                rule = replace(rule, first=close((rule.first,), ()), last=close((rule.last,), ()))
            amount = Equation(quantity.words, rule, close((row.size(quantity),), _named(arriving)))
        heading = row.index, str(row.index), row.label, row.kind, block.noun, row.text
        shapes = arriving.sizes, leaving.sizes
        idle = bool(inside) and all(each.idle for each in inside) and not sizes and arriving == leaving
        return Worked(
            *heading, *shapes, sizes, amount, SILENT, {}, inside, block.times, idle, isinstance(block, Branch)
        )

    def _named_by(self, shape: Shape, when: str, row: Row) -> Iterator[Equation]:
        """Equations for the sizes of a shape that no layer has given a name."""
        words = ("channels" if shape.axes else "values", *axis_names(shape.rank))
        together: dict[Named, list[str]] = {}
        for size, word in zip(shape.sizes, words, strict=True):
            if isinstance(size, Named) and size not in self.defined:
                together.setdefault(size, []).append(word)
        for size, of in together.items():
            rule = shown_size(size.value, row.numbers)
            yield self._once(Equation(when + _and(of), rule, self.close((size,), ()), size))


def _number(value: Value) -> Size:
    assert isinstance(value, Size)
    return value


def _sizes(step: Step, on_letters: tuple[Layer, Shape], close: Close) -> Iterator[Equation]:
    """The steps to the output shape: flattening, calculated channels, then each axis, once where axes agree."""
    layer, x = on_letters
    arriving = step.input
    rules, output = layer.output(x), step.output
    flat: list[Size] = []
    for (what, written), (_, size) in zip(layer.beforehand(x), step.layer.beforehand(arriving), strict=True):
        rule, letter = (written.value, written.name) if isinstance(written, Named) else (written, "")
        flat.append(rule)
        name = output.channels if rule == rules.channels and isinstance(output.channels, Named) else None
        yield Equation(what, rule, close((size,), _named(arriving)), name, letter=letter)
    if _is_worked(rules.channels, x, output.channels, arriving) and rules.channels not in flat:
        yield _equation("channels" if output.axes else "values", rules.channels, output.channels, close)
    how = step.layer.fit(arriving)
    together: dict[tuple[Size, Size], list[str]] = {}
    for word, rule, size in zip(axis_names(output.rank), rules.axes, output.axes, strict=True):
        if how or _is_worked(rule, x, size, arriving):
            together.setdefault((rule, size), []).append(word)
    for (rule, size), words in together.items():
        yield _equation(_and(words), rule, size, close, how)


def _is_worked(rule: Size, x: Shape, size: Size, arriving: Shape) -> bool:
    """Whether a size needs a step: it is calculated or named, not just an argument or a size that arrived."""
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


def letter_meanings(layer: Layer, x: Shape, y: Shape, rules: list[Size]) -> dict[str, str]:
    """Return the meanings of the letters in these rules: sizes that arrive, the layer's arguments, axes that leave."""
    words: dict[Named, str] = {}
    arriving = ("channels" if x.axes else "size", *axis_names(x.rank))
    for size, word in zip(x.sizes, arriving, strict=True):
        if isinstance(size, Named):
            words[size] = f"the {'size' if size.name == 'n' else word} of its input"
    left_open: dict[str, str] = {}
    for name, argument in layer.arguments.items():
        meaning = f"its {argument.meaning or name.replace('_', ' ')}"
        value = getattr(layer, name)
        if value is None:
            left_open[argument.letter] = meaning
        if isinstance(value, Source) and isinstance(value.shape.channels, Named):
            words[value.shape.channels] = f"the channels of {value}"
        sizes = value if isinstance(value, tuple) else (value,)
        several = len({size.name for size in sizes if isinstance(size, Named)}) > 1
        axes = (f"axis {axis}" for axis in range(1, len(sizes) + 1)) if argument.numbered else axis_names(len(sizes))
        for size, axis in zip(sizes, axes, strict=True):
            if isinstance(size, Named):
                along = f" along {'' if argument.numbered else 'the '}{axis}" if several else ""
                words.setdefault(size, meaning + along)
    for size, word in zip(y.axes, axis_names(y.rank), strict=True):
        if isinstance(size, Named):
            words.setdefault(size, f"the {'size' if size.name == 'm' else word} of its output")
    used = {named: words.get(named) or left_open.get(named.name) for rule in rules for named in names(rule)}
    return {named.name: meaning for named, meaning in used.items() if meaning}


def closer(count: Count) -> Close:
    """Return how the sizes of a network are worked out: added up where all are numbers, else closed."""

    def close(sizes: tuple[Size, ...], names: tuple[Named, ...] = ()) -> Size:
        known = known_sum(sizes)
        return count.numbers.closed.term_in(sizes, names) if known is None else known

    return close
