"""`Derivation`: the worked solution of a network, as one would write it in an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from symcount.arithmetic import Named, Size, is_number, names, names_of_values, symbol_names
from symcount.counts import Count, Row, said_once
from symcount.derivation.case import Case, substitute_values
from symcount.derivation.ingredients import ingredients
from symcount.derivation.least import needed
from symcount.derivation.reach import reached
from symcount.derivation.steps import Working, closer
from symcount.derivation.working import Equation, Worked
from symcount.errors import ArchitectureError
from symcount.layers import giving_way, renamed
from symcount.quantities import QUANTITIES, Combined, Least, PerAxis, Quantity, Reached, Sum
from symcount.records import record, replace
from symcount.trace import parts_of

if TYPE_CHECKING:
    from symcount.counts.assumptions import Stated
    from symcount.counts.domain import Domain
    from symcount.counts.plainness import Everywhere

MOST_WORKED = 2_000
"""The most layers and blocks that one solution works out."""

DETAILS = ("full", "short")
"""Full is the solution of an exercise, short one line for each layer."""


@record
class Derivation:
    """A worked solution: each layer, the sum of their amounts, its closed form, and that with values put in.

    ``general`` is the network that the layers are of: without the values that were given, which
    ``case`` puts in at the end. ``where`` says what the named sizes of the total are.
    """

    count: Count
    general: Count
    quantity: Quantity | None
    detail: str
    letters: Mapping[str, str]
    layers: tuple[Worked, ...]
    total: Size | None
    where: tuple[Equation, ...]
    case: Case | None
    whole: bool

    @property
    def headline(self) -> str:
        """What is worked out, and of what."""
        words = "sizes" if self.quantity is None else self.quantity.words
        parted = "part by part" if isinstance(self.quantity, Combined) else "layer by layer"
        return words.capitalize() + (f", {parted}" if self.whole else f" of {self.layers[0].name}")

    @property
    def addends(self) -> tuple[Worked, ...]:
        """The layers that add something to the total."""
        found = (layer for layer in self.layers if layer.amount is not None)
        if self.quantity is not None and not isinstance(self.quantity.fold, Sum):
            return self.layers[-1:]
        return tuple(layer for layer in found if layer.amount and not is_number(layer.amount.result, 0))

    @property
    def domain(self) -> Domain | Everywhere | Stated:
        """For which symbols the general network exists."""
        return self.general.domain(*([] if self.quantity is None else [self.quantity]))

    @property
    def meanings(self) -> dict[str, str]:
        """The meaning of each letter in the rules, in the order of first use."""
        return _meanings(self.every)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader would want to know of single layers, but for what a step shows already."""
        inside = {layer.index for layer in self.every}
        shown = {layer.index for layer in self.every if any(step.what == "flattening" for step in layer.sizes)}
        notes = (note for row in self.count.every_row if row.index in inside - shown for note in row.notes)
        return said_once(notes)

    @property
    def every(self) -> tuple[Worked, ...]:
        """The layers and blocks at every depth, outer before inner."""
        return tuple(each for layer in self.layers for each in layer.every)


def derivation(
    count: Count,
    quantity: Quantity,
    *,
    detail: str = "full",
    letters: Mapping[str, str] | None = None,
    at: str | int | None = None,
    depth: int | None = None,
) -> Derivation:
    """Work a network out, or the layer at a name, number or label; a quantity that is a shape asks for sizes alone.

    ``depth`` is how many levels of blocks are worked out inside each other; all of them where it is not said.
    """
    if detail not in DETAILS:
        raise ArchitectureError("bad-detail", f"no detail is called {detail!r}", hint="there are: full, short")
    asked = None if quantity.is_shape else quantity
    general = _general(count)
    chosen = general.rows if at is None else (general.row(at),)
    if sum(1 for row in chosen for _ in parts_of(row.part)) > MOST_WORKED:
        message = f"a solution works at most {MOST_WORKED:,} layers and blocks out"
        hint = "ask for one of them with --at, or write equal layers as a repeat, [...]*count"
        raise ArchitectureError("limit", message, hint=hint)
    close = closer(general)
    working = Working(general, asked)
    if isinstance(asked, Combined):
        layers = tuple(ingredients(general, asked, at, chosen, working))
    elif isinstance(asked, Least):
        layers = tuple(needed(layer, asked, close) for layer in reversed(chosen))
    elif isinstance(asked, Reached):
        layers = tuple(reached(layer, asked, close) for layer in chosen)
    else:
        layers = tuple(map(working.worked, (*_inputs(general, asked, at), *chosen)))
    if depth is not None:
        layers = tuple(layer.folded(depth) for layer in layers)
    one_total = asked is not None and not any(isinstance(part, PerAxis) for part in general.parts(asked, at))
    total = close(general.sizes(asked, at), _names(chosen)) if asked is not None and one_total else None
    inner = () if total is None else names(total)
    where = tuple(_where((*inner, *_undefined(layers)), general))
    case = None
    if count is not general:
        here = count.rows if at is None else (count.row(at),)
        result = None
        if asked is not None and total is not None:
            result = Equation(asked.words, total, closer(count)(count.sizes(asked, at), _names(here)))
        output = () if asked is not None else count.numbers.shown(here[-1].part.output).sizes
        case = substitute_values(count, general, (*_named(layers, general), *where), result, output)
    meanings = _meanings(each for layer in layers for each in layer.every)
    chosen_letters = renamed(letters or {}, meanings)
    own = working.own_letters - chosen_letters.keys()
    left = {letter: meaning for letter, meaning in meanings.items() if letter in own}
    shown = giving_way(left, (*general.trace.symbols, *general.names.values())) | chosen_letters
    return Derivation(count, general, asked, detail, shown, layers, total, where, case, at is None)


def _meanings(layers: Iterable[Worked]) -> dict[str, str]:
    """The meaning of each letter; one that differs from kind to kind says in which it is so."""
    words: dict[str, dict[str, dict[str, None]]] = {}
    for layer in layers:
        for letter, word in layer.letters.items():
            words.setdefault(letter, {}).setdefault(word, {})[layer.kind] = None
    return {letter: _said(meant) for letter, meant in words.items()}


def _said(meant: Mapping[str, Iterable[str]]) -> str:
    if len(meant) == 1:
        return next(iter(meant))
    return " and ".join(f"{word} in {', '.join(kinds)}" for word, kinds in meant.items())


def _inputs(count: Count, quantity: Quantity | None, at: str | int | None) -> tuple[Row, ...]:
    """The rows of the inputs, where they have anything of the quantity."""
    if at is not None or quantity is None or not isinstance(quantity.fold, Sum):
        return ()
    return tuple(row for row in count.input_rows if not is_number(row.size(quantity), 0))


def _general(count: Count) -> Count:
    """The network without the values that were given, or as it is where it cannot be counted without them.

    A shipped network keeps the values that make it what it is.
    """
    kept = {name: value for name, value in count.own.items() if count.bindings.get(name) == value}
    if kept == dict(count.bindings):
        return count
    try:
        general = count.bound(kept)
        _ = general.of("params")
        if general.is_open:
            _ = general.domain(QUANTITIES["params"]).assumptions
    except ArchitectureError:
        return count
    return general


def _names(chosen: tuple[Row, ...]) -> tuple[Named, ...]:
    found = (part for row in chosen for part in parts_of(row.part))
    sizes = (size for part in found for shape in (part.input, part.output) for size in shape.sizes)
    return tuple(dict.fromkeys(size for size in sizes if isinstance(size, Named)))


def _where(named: Iterable[Named], count: Count) -> Iterator[Equation]:
    """What named sizes stand for, in the open symbols."""
    close = closer(count)
    for each in dict.fromkeys(named):
        yield Equation(count.names.get(each.name, each.name), each, close((each,), ()), each)


def _named(layers: tuple[Worked, ...], count: Count) -> Iterator[Equation]:
    """The sizes that the layers give a name, in the open symbols; not those that differ from iteration to iteration."""
    for layer in layers:
        for step in layer.sizes if not layer.inside else (each for one in layer.every for each in one.sizes):
            letters = symbol_names([step.result])
            if step.name is not None and letters <= count.trace.symbols.keys():
                yield replace(step, what=count.names.get(step.name.name, step.name.name))


def _undefined(layers: tuple[Worked, ...]) -> Iterator[Named]:
    """The sizes that are named on a page which works none of them out: those that arrive at a layer alone."""
    every = [each for layer in layers for each in layer.every]
    defined = {step.name for each in every for step in each.steps}
    for each in every:
        seen = (*each.input, *each.output, *(step.result for step in each.steps))
        inner = (*(name for size in seen for name in names(size)), *names_of_values(step.rule for step in each.steps))
        yield from (name for name in inner if name not in defined)
