"""Attention in a graph of plain tensors: from a product of softmaxes back to the projections, and on to the last one.

What stands between them, such as heads set apart, rotations, windows and shifts, sets values in other places. Fixed
values that are met there are counted with the layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symcount.interop.reading.graphs.heads import head_sizes, position_table
from symcount.interop.reading.graphs.steps import REARRANGING, Source, Step, givers_of, users_of
from symcount.records import record

_INSIDE = REARRANGING | frozenset(
    (
        "mul",
        "add",
        "neg",
        "split",
        "select",
        "slice",
        "cat",
        "stack",
        "pad",
        "shift",
        "expand",
        "layer norm",
        "rms norm",
        "clip",
        "length",
    )
)
"""Kinds that may stand between a projection and the scores."""

_MOVING = REARRANGING | frozenset(("slice", "pad", "shift", "cat", "dropout"))
"""Kinds that may stand before the projections and behind the last one: windows are cut, shifted and set back."""


_Shapes = Mapping[str, tuple[int, ...]]


def attended(steps: Sequence[Step], inputs: _Shapes) -> list[Step]:
    """Return the steps with every attention, its projections included, as one step where it is recognised."""
    givers, users = givers_of(steps), users_of(steps)
    shapes = {
        **inputs,
        **{name: shape for step in steps for name, shape in zip(step.outputs, step.shapes, strict=True)},
    }
    replaced: dict[str, Step] = {}
    gone: set[str] = set()
    for step in steps:
        found = _found(step, givers, users, shapes)
        if found is not None:
            replaced[found.end.name] = found.end
            gone |= found.inside - {found.end.name}
    return [replaced.get(step.name, step) for step in steps if step.name not in gone]


def _once(steps: Iterable[Step]) -> list[Step]:
    return list({each.name: each for each in steps}.values())


@record
class _Found:
    """The step that an attention is, and the steps that it stands for."""

    end: Step
    inside: frozenset[str]


@record
class _Path:
    """What leads to queries, keys or values: the projections that it begins with, and what stands on the way."""

    linear: tuple[Step, ...]
    others: tuple[Step, ...]


def _found(step: Step, givers: Mapping[str, Step], users: Mapping[str, list[Step]], shapes: _Shapes) -> _Found | None:
    core = _core(step, givers)
    if core is None:
        return None
    query, key, value, scores = core
    paths = [_back(each, givers) for each in (query, key, value)]
    last = _ahead(step, users)
    if last is None or any(path is None or len(path.linear) != 1 for path in paths):
        return None
    q, k, v = (path.linear[0] for path in paths if path is not None)
    between = _once([*(each for path in paths if path is not None for each in path.others), *scores])
    table = position_table(scores, givers[query].shape)
    text = head_sizes(givers[query], givers[value], (q, k, v, last[-1]), between, table)
    ends = _ends(q, k, v, last[-1], givers, users, shapes)
    if text is None or ends is None:
        return None
    x, memory, end, more = ends
    inside = {each.name for each in (q, k, v, *last, *between, *more, step)}
    weights = {weight.name: weight for each in (q, k, v, *between, last[-1]) for weight in each.weights}
    inputs: tuple[Source, ...] = (x, *([memory] if memory else []), *weights.values())
    return _Found(Step("attention", inputs, end.outputs, end.shapes, text), frozenset(inside))


def _core(step: Step, givers: Mapping[str, Step]) -> tuple[str, str, str, tuple[Step, ...]] | None:
    """The queries, keys and values of a step, and the steps that make scores of the first two."""
    if step.kind == "scaled product":
        query, key, value = step.tensors[:3]
        return query, key, value, (step,)
    if step.kind != "product":
        return None
    between = []
    name, value = step.tensors
    soft = False
    while True:
        at = givers.get(name)
        if at is None:
            return None
        between.append(at)
        if at.kind == "product":
            break
        soft = soft or (at.kind == "activation" and at.options["name"] == "softmax")
        if at.kind not in _INSIDE | {"activation", "dropout"} or not at.tensors:
            return None
        name = at.tensors[0]
    query, key = at.tensors
    return (query, key, value, tuple(between)) if soft else None


_LONGEST = 60
"""The most steps between a projection and the scores."""


def _back(name: str, givers: Mapping[str, Step]) -> _Path | None:
    linear: dict[str, Step] = {}
    others: dict[str, Step] = {}
    pending = [name]
    while pending:
        at = givers.get(pending.pop())
        if at is None or len(others) > _LONGEST:
            return None
        if at.kind == "linear":
            linear[at.name] = at
        elif at.kind in _INSIDE:
            if at.name not in others:
                others[at.name] = at
                pending += at.tensors
        else:
            return None
    return _Path(tuple(linear.values()), tuple(others.values()))


def _ahead(step: Step, users: Mapping[str, list[Step]]) -> tuple[Step, ...] | None:
    """The steps from the weighted values to the last projection."""
    found: list[Step] = []
    while True:
        following = users.get(step.name, [])
        if len(following) != 1 or len(found) > _LONGEST:
            return None
        [step] = following
        found.append(step)
        if step.kind == "linear":
            return tuple(found)
        if step.kind not in REARRANGING | {"dropout"}:
            return None


_IMAGE = 4
"""The axes of an image with its batch; what has more is cut in windows."""


def _ends(
    q: Step, k: Step, v: Step, last: Step, givers: Mapping[str, Step], users: Mapping[str, list[Step]], shapes: _Shapes
) -> tuple[str, str, Step, list[Step]] | None:
    """Where an attention begins and ends: tensors of one shape, before and behind what moves their values."""
    if k.tensors != v.tensors:
        return None
    memory = "" if q.tensors == k.tensors else k.tensors[0]
    before = _moved_back(q.tensors[0], givers)
    behind = [last]
    while len(following := users.get(behind[-1].name, [])) == 1 and following[0].kind in _MOVING:
        if len(following[0].tensors) > 1 and following[0].kind != "cat":
            break
        behind.append(following[0])
    if memory:
        memory = next((each for each in _moved_back(memory, givers) if shapes.get(each, ())[:1] == (1,)), memory)
    inside = [
        place
        for place, name in enumerate(before[:-1])
        if len(shapes.get(name, ())) > _IMAGE or givers[name].kind in ("shift", "pad")
    ]
    least = max(
        (
            later
            for later, each in enumerate(behind)
            if inside and (len(each.shape) > _IMAGE or each.kind in ("shift", "slice"))
        ),
        default=0,
    )
    found = [
        (later, place)
        for later, end in enumerate(behind)
        for place, name in enumerate(before)
        if later >= least and place > max(inside, default=-1)
        if shapes.get(name) == end.shape and end.shape[0] == 1 and len(end.shape) > 2
    ]
    if not found:
        return None
    later, place = min(found)
    more = [givers[each] for each in before[:place]] + behind[:later]
    return before[place], memory, behind[later], more + behind[: later + 1]


def _moved_back(name: str, givers: Mapping[str, Step]) -> list[str]:
    """A tensor, and those before it whose values are only moved."""
    found = [name]
    while (at := givers.get(found[-1])) is not None and at.kind in _MOVING and len(set(at.tensors)) == 1:
        found.append(at.tensors[0])
    return found
