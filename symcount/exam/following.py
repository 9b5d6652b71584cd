"""Answers to one network, layer by layer: what follows from an earlier mistake is no mistake of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcount.counts import Count
from symcount.exam.explain import Mistaken
from symcount.exam.explanation import Diagnosis, Explanation
from symcount.exam.spoiled import IMPOSSIBLE, Answer, Counted, Made, counted_layers, spoiled_walk, value
from symcount.layers import Layer, Shape
from symcount.program import LayerCall
from symcount.quantities import Quantity, Sum
from symcount.records import record


@record
class Asked:
    """One answer: to which layer, None for the network, and what."""

    at: str | None
    answer: Answer


@record
class Source:
    """What a wrong answer follows from: an ``answer`` to a layer, a ``mistake`` in one, or a ``sum`` of answers."""

    kind: str
    layer: str = ""


@record
class Followed:
    """What is said of one answer; ``carried`` is what it follows from, where it follows from an earlier one."""

    diagnosis: Diagnosis
    carried: Source | None = None


def followed(count: Count, quantity: Quantity, answers: Sequence[Asked]) -> list[Followed]:
    """Return what is said of each answer, in the order of the layers.

    >>> from symcount.counts import counted
    >>> from symcount.quantities import quantity_named
    >>> net = counted("I(1,28x28)-C(4,5)-C(8,3)", {})
    >>> shapes = [Asked("C1", (4, 25, 25)), Asked("C2", (8, 23, 23))]
    >>> [each.carried and each.carried.layer for each in followed(net, quantity_named("output"), shapes)]
    [None, 'C1']
    """
    found: list[Followed] = []
    for place, asked in enumerate(answers):
        diagnosis = Mistaken(count, quantity, asked.at).diagnosis(asked.answer)
        before = [*zip(answers, found, strict=False)][:place]
        carried = None if diagnosis.is_right else _source(count, quantity, asked, before)
        found.append(Followed(diagnosis, carried))
    return found


def _source(count: Count, quantity: Quantity, asked: Asked, before: Sequence[tuple[Asked, Followed]]) -> Source | None:
    """What a wrong answer follows from: wrong shapes before it, the mistakes that explain them, or a sum of answers."""
    wrong = [(each, said) for each, said in before if not said.diagnosis.is_right]
    if not wrong:
        return None
    if quantity.is_shape:
        if follows_from_shapes(count, quantity, asked, {str(each.at): each.answer for each, _ in wrong}):
            return Source("answer", str(wrong[-1][0].at))
    elif asked.at is None and _adds_up(count, quantity, asked, [each for each, _ in before]):
        return Source("sum")
    for each, said in wrong:
        for explanation in said.diagnosis.explanations:
            if _gives(count, quantity, explanation, asked):
                return Source("mistake", str(each.at))
    return None


def follows_from_shapes(count: Count, quantity: Quantity, asked: Asked, shapes: Mapping[str, Answer]) -> bool:
    """Return whether an answer is right where layers leave these shapes, in place of those that they leave."""
    own = _with_shapes(count, shapes)
    return own is not None and value(own, quantity, asked.at) == asked.answer


def _with_shapes(count: Count, shapes: Mapping[str, Answer]) -> Count | None:
    """The network whose layers leave the shapes that were answered."""

    def alter(call: LayerCall, layer: Layer, x: Shape) -> tuple[Layer, Shape]:
        if call.name not in shapes:
            return layer, x
        channels, *axes = shapes[call.name]
        return layer.with_values(output=lambda x: Shape(channels, tuple(axes))), x

    try:
        return count.altered(alter)
    except IMPOSSIBLE:
        return None


def _adds_up(count: Count, quantity: Quantity, asked: Asked, before: Sequence[Asked]) -> bool:
    """Whether a total is the sum of the answers to its layers, those without an answer counted right."""
    if not isinstance(quantity.fold, Sum):
        return False
    answered = {each.at: each.answer[0] for each in before}
    layers = {each.step.name: each.amount() or 0 for each in counted_layers(count, quantity, None)}
    return bool(answered) and sum((layers | answered).values()) == asked.answer[0]


def _gives(count: Count, quantity: Quantity, explanation: Explanation, asked: Asked) -> bool:
    """Whether mistakes that were made before give this answer too."""
    walked = tuple(made for made in explanation.made if made.mistake.changes_walk)
    spoiled = spoiled_walk(count, walked) if walked else count
    if spoiled is None:
        return False
    amounts = [made for made in explanation.made if made.mistake.amount is not None]
    if not amounts:
        return value(spoiled, quantity, asked.at) == asked.answer
    layers = counted_layers(spoiled, quantity, asked.at)
    found = [_under(amounts, each) for each in layers]
    return None not in found and sum(filter(None, found)) == asked.answer[0]


def _under(made: Sequence[Made], each: Counted) -> int | None:
    return each.amount(*(one.mistake for one in made if one.is_made(each.step.call, each.step.layer)))
