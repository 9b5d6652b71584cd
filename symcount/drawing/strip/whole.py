"""The whole strip: its chains, lines for what is taken up again, a legend, and what proportions mean."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from symcount.arithmetic import by_name
from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count
from symcount.drawing.figure import Figure, moved
from symcount.drawing.legend import legend, remarks
from symcount.drawing.looks import KINDS_OF_BOXES
from symcount.drawing.strip.drawing import Drawing
from symcount.drawing.strip.naming import Naming
from symcount.drawing.strip.pieces import GAP, Piece, beside
from symcount.drawing.strip.scale import Scale, scale
from symcount.drawing.strip.skips import are_drawn, skips
from symcount.drawing.strip.standing import amounts, standing
from symcount.drawing.view import View
from symcount.trace import Part, Step, Tap, parts_of

EDGE = 6.0
_BETWEEN = 16.0

_WIDENED = 1.5
"""How much wider than asked for a picture may become, so that lines can join what belongs together in one row."""

_LEAST = 300.0
"""The least width, which a legend has need of."""

_SPARSE, _WIDE = 0.7, 20.0
"""A picture that is not so full has wider gaps."""


def strip(count: Count, view: View) -> Figure:
    """Return the picture of a network from its input to its output."""
    naming = Naming(count)
    values = standing(count) if count.is_open else {}
    proportions = scale((each.output for each in count.trace.every), amounts(count, values))
    piece = _drawn(count, naming, proportions, view.width - 2 * EDGE)
    above, lines = skips(piece)
    whole = max(_LEAST, piece.width + 2 * EDGE)
    marks = moved((*lines, *piece.marks), EDGE, EDGE + above)
    y = EDGE + above + piece.height + _BETWEEN
    used = {mark.look for mark in marks}
    rows = legend([(look, look) for look in KINDS_OF_BOXES if look in used], whole - 2 * EDGE)
    below = remarks(_remarks(naming, values, used), whole - 2 * EDGE)
    marks = (*marks, *moved(rows.marks, EDGE, y), *moved(below.marks, EDGE, y + rows.height))
    height = y + rows.height + below.height + EDGE
    return Figure(f"Architecture of {count.text}", _description(count, naming), whole, height, marks)


def _drawn(count: Count, naming: Naming, proportions: Scale, room: float) -> Piece:
    """The chains of a network: with lines for skips, where they fit into a row, else with tags."""
    chains = [
        parts for parts in _chains(count) if any(isinstance(each, Step) for part in parts for each in parts_of(part))
    ]
    every = [each for parts in chains for part in parts for each in parts_of(part)]
    taken = {id(each.source) for each in every if isinstance(each, Tap)}
    lent = {id(part) for each in every if isinstance(each, Step) for part in each.taken.values()}

    def drawn(room: float, *, tags: bool, gap: float = GAP) -> Piece:
        drawing = Drawing(naming, proportions, taken | lent if tags else lent, tags=tags, gap=gap)
        return beside([drawing.whole(parts, room) for parts in chains], room)

    if taken and len(chains) == 1:
        found = drawn(room * _WIDENED, tags=False)
        if are_drawn(found):
            return found
    found = drawn(room, tags=True)
    if found.width < room * _SPARSE and len(chains) == 1:
        found = drawn(room, tags=True, gap=_WIDE)
    return _without_ports(found)


def _without_ports(piece: Piece) -> Piece:
    return Piece(piece.width, piece.height, piece.into, piece.out, piece.marks)


def _chains(count: Count) -> Iterator[Sequence[Part]]:
    """The parts of each chain of the text."""
    at = 0
    for chain in count.program.chains:
        yield count.trace.parts[at : at + len(chain.items)]
        at += len(chain.items)


def _remarks(naming: Naming, values: Mapping[str, int], looks: Container[str]) -> Iterator[str]:
    """What a reader must know to read the proportions, the joints and the names."""
    yield "As high as the maps, as wide as the channels; vectors stand upright."
    if "cut" in looks:
        yield "A box with a white break would be larger."
    shown = [f"{UNICODE.name(name)}\u00a0=\u00a0{value}" for name, value in values.items() if name in naming.shown]
    if shown:
        yield f"The proportions are those of {', '.join(shown)}."
    if naming.meanings:
        yield ", ".join(f"{name} = {meaning}".replace(" ", "\u00a0") for name, meaning in naming.meanings.items()) + "."


def _description(count: Count, naming: Naming) -> str:
    """What the picture shows, in sentences."""
    layers = sum(1 for step in count.trace.steps if not step.is_input)
    whole = naming.whole(count)
    total = f"{whole:,}" if isinstance(whole, int) else by_name(whole, UNICODE)
    return (
        f"From left to right: an input of {naming.shape(count.trace.input)}, {layers} different layers, "
        f"and an output of {naming.shape(count.trace.output)}; {total} parameters."
    )
