"""What no line says of an exported graph, by the modules that it comes from: one step with their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcount.interop.reading.graphs.steps import Step, Weight
from symcount.records import record


@record
class Region:
    """A module that was called: which call it is, and the module's name and kind."""

    call: str
    name: str
    kind: str


Regions = Mapping[str, tuple[Region, ...]]
"""For each tensor the modules inside which it came about, the outermost first."""


def regions_of(stack: Mapping[str, tuple[str, object]]) -> tuple[Region, ...]:
    """Return the modules of a node of `torch.export`, by its ``nn_module_stack``; the model itself is none."""
    named = ((call, name, str(getattr(kind, "__name__", kind))) for call, (name, kind) in stack.items())
    return tuple(Region(call, name, kind.rpartition(".")[2]) for call, name, kind in named if name)


def folded(
    steps: Sequence[Step],
    regions: Regions,
    region: Region,
    left: Sequence[str],
    counts: Mapping[str, int],
    inputs: Mapping[str, tuple[int, ...]],
    kind: str,
    options: Mapping[str, str],
) -> list[Step] | None:
    """Return the steps with those of a region as one; None where it does not leave the shape of what alone arrives.

    ``counts`` has how many values each parameter has, ``inputs`` the shapes of what arrives at the network.
    """
    inside = [step for step in steps if region in regions.get(step.name, ())]
    names = {name for step in inside for name in step.outputs}
    taken = {name for step in inside for name in step.tensors} - names
    used = {name for step in steps if step.name not in names for name in step.tensors} | {*left}
    shapes = dict(inputs) | {
        name: shape for step in steps for name, shape in zip(step.outputs, step.shapes, strict=True)
    }
    given = [name for name in names if name in used]
    if len(taken) != 1 or len(given) != 1 or shapes.get(*taken) != shapes[given[0]]:
        return None
    parts = dict.fromkeys(part for step in inside for weight in step.weights for part in weight.parts if part in counts)
    weights = [Weight(part, counts[part], (counts[part],)) for part in parts]
    whole = Step(kind, (*taken, *weights), (given[0],), (shapes[given[0]],), options)
    last = max(place for place, step in enumerate(steps) if step.name in names)
    kept = [*steps[:last], whole, *steps[last + 1 :]]
    return [step for step in kept if step is whole or step.name not in names]
