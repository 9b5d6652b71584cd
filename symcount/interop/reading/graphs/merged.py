"""Steps that stand for one layer, as one: a product and its addend, and activations that are written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcount.interop.reading.graphs.flow import FIRST, LAST
from symcount.interop.reading.graphs.steps import Step, givers_of, users_of
from symcount.records import replace


def simplified(
    steps: Sequence[Step], inputs: Mapping[str, tuple[int, ...]], left: Sequence[str]
) -> tuple[list[Step], tuple[str, ...]]:
    """Return steps of which each is a layer's, and the tensors that leave the graph, by the names that are left."""
    steps, left = _without_passes(steps, inputs, left)
    for merging in (_with_bias, _by_hand, _normalised, _with_factors, _with_factors, _in_fours):
        users, givers = users_of(steps), givers_of(steps)
        found = [merging(step, givers, users, left) for step in steps]
        merged = {each[0].name: each[0] for each in found if each is not None}
        gone = {name for each in found if each is not None for name in each[1]}
        steps = [merged.get(step.name, step) for step in steps if step.name not in gone]
    return list(steps), tuple(left)


def _without_passes(
    steps: Sequence[Step], inputs: Mapping[str, tuple[int, ...]], left: Sequence[str]
) -> tuple[list[Step], tuple[str, ...]]:
    """The steps without those that give what they take, value by value: by casts, by single factors, as squares."""
    same: dict[str, str] = {}
    kept = []
    shapes = {**inputs}
    for step in steps:
        taken = tuple(same.get(each, each) if isinstance(each, str) else each for each in step.inputs)
        shapes |= zip(step.outputs, step.shapes, strict=True)
        tensors = [each for each in taken if isinstance(each, str)]
        square = step.kind == "mul" and len(tensors) == 2 and len(set(tensors)) == 1
        if (square or (step.kind == "pass" and len(tensors) == 1)) and shapes.get(tensors[0]) == step.shape:
            same[step.name] = tensors[0]
        else:
            kept.append(replace(step, inputs=taken))
    return kept, tuple(same.get(each, each) for each in left)


_Users = Mapping[str, list[Step]]
_Merged = tuple[Step, set[str]] | None
"""The step that is left, and the names of those that it stands for."""


def _with_bias(step: Step, givers: Mapping[str, Step], users: _Users, left: Sequence[str]) -> _Merged:
    """A sum of fixed values and a linear step without a bias, whose only user it is."""
    if step.kind != "add" or len(step.tensors) != 1 or len(step.weights) != 1:
        return None
    [name], [addend] = step.tensors, step.weights
    linear = givers.get(name)
    if linear is None or linear.kind != "linear" or len(linear.weights) > 1 or len(users[name]) > 1 or name in left:
        return None
    if addend.count != linear.options["units"] or addend.shape[-1:] != (addend.count,):
        return None
    return replace(linear, outputs=step.outputs, shapes=step.shapes, inputs=(*linear.inputs, addend)), {name}


_INNER = {"erf": "gelu", "sigmoid": "silu", "hardsigmoid": "hardswish", "tanh": "gelu"}
"""What x · f(x) is, by its f."""


def _by_hand(step: Step, givers: Mapping[str, Step], users: _Users, left: Sequence[str]) -> _Merged:
    """A product of a tensor and of an activation of it."""
    if step.kind != "mul" or len(step.tensors) != 2:
        return None
    for kept, other in (step.tensors, step.tensors[::-1]):
        inside: dict[str, Step] = {}
        pending = [other]
        while pending:
            name = pending.pop()
            if name == kept or name in inside:
                continue
            at = givers.get(name)
            if at is None or name in left or at.kind not in ("activation", "add") or at.weights:
                break
            if not all(each is step or each.name in inside for each in users[name]):
                break
            inside[name] = at
            pending += at.tensors
        else:
            said = [each.options["name"] for each in inside.values() if each.kind == "activation"]
            known = "mish" if said == ["tanh", "softplus"] else _INNER.get(said[0]) if len(said) == 1 else None
            if known is not None:
                return replace(step, kind="activation", inputs=(kept,), options={"name": known}), {*inside}
    return None


def _normalised(step: Step, givers: Mapping[str, Step], users: _Users, left: Sequence[str]) -> _Merged:
    """A tensor over the root of the mean of its squares, along its last axis: an RMS norm, or a layer norm of it."""
    if step.kind != "mul" or len(step.tensors) != 2:
        return None
    for kept, other in (step.tensors, step.tensors[::-1]):
        if not _is_mean(givers.get(other), kept):
            continue
        centred = givers.get(kept)
        if centred is not None and centred.kind == "add" and len(centred.tensors) == 2:
            x, mean = centred.tensors
            if _is_mean(givers.get(mean), x):
                return replace(step, kind="layer norm", inputs=(x,)), {other, kept, mean}
        return replace(step, kind="rms norm", inputs=(kept,)), {other}
    return None


def _is_mean(step: Step | None, of: str) -> bool:
    return step is not None and step.kind == "mean" and step.tensors == (of,) and step.shape[-1] == 1


def _with_factors(step: Step, givers: Mapping[str, Step], users: _Users, left: Sequence[str]) -> _Merged:
    """What a normalisation without factors, or without addends, is multiplied with or added to, for each channel."""
    if step.kind not in ("mul", "add") or len(step.tensors) != 1 or len(step.weights) != 1:
        return None
    [name], [weight] = step.tensors, step.weights
    norm = givers.get(name)
    if norm is None or weight.count != step.shape[-1] or len(users[name]) > 1 or name in left:
        return None
    if (step.kind, norm.kind, len(norm.weights)) not in _COMPLETED:
        return None
    return replace(norm, outputs=step.outputs, shapes=step.shapes, inputs=(*norm.inputs, weight)), {name}


def _in_fours(step: Step, givers: Mapping[str, Step], users: _Users, left: Sequence[str]) -> _Merged:
    """Every second place of an image, from each of four corners, set side by side: space to depth."""
    rank = len(step.shape)
    if step.kind != "cat" or rank != 4 or len(step.inputs) != 4 or step.weights:
        return None
    sources, corners, gone = set(), set(), set()
    for name in step.tensors:
        corner = set()
        while name in givers and (part := givers[name]).kind == "slice" and part.options.get("step") == 2:
            corner.add((part.options["axis"], part.options["start"]))
            gone.add(name)
            name = part.tensors[0]
        sources.add(name)
        corners.add(frozenset(corner))
    axis = step.options["axis"] % rank
    one, other = (1, 2) if axis == rank - 1 else (2, 3)
    if len(sources) > 1 or corners != {frozenset(((one, x), (other, y))) for x in (0, 1) for y in (0, 1)}:
        return None
    if (
        axis not in (1, rank - 1)
        or gone & {*left}
        or any(each is not step and each.name not in gone for name in gone for each in users[name])
    ):
        return None
    at = FIRST if axis == 1 else LAST
    return replace(step, kind="s2d", inputs=(*sources,), options={"factor": 2, "at": at}), gone


_COMPLETED = (("mul", "layer norm", 0), ("mul", "rms norm", 0), ("add", "layer norm", 1))
"""Which normalisations, with so many weights, are completed by what."""
