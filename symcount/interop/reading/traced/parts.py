"""Reads a PyTorch module by its parts where its own code cannot be followed: each by itself, on what it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.flow import Traced, refused
from symcount.interop.reading.graphs.operations import Operation
from symcount.interop.reading.traced.silence import silent
from symcount.records import record, replace

Read = Callable[[Any, tuple[Any, ...]], Traced]
"""From a module and what it is given to its graph; an `ArchitectureError` says why it has none."""


@record
class Parts:
    """A module in parts: their graphs as one, and the names of the modules that were read."""

    traced: Traced
    names: tuple[str, ...]


def in_parts(torch: Any, module: Any, inputs: tuple[Any, ...], read: Read) -> Parts:
    """Return the parts of a module that can be read, the largest first tried, in the order in which they are called.

    A part that is called more than once, or not at all, is none.
    """
    given = _given(torch, module, inputs)
    found: dict[str, Traced] = {}
    for name, part in module.named_children():
        found |= _parts(name, part, given, read)
    order = {name: place for place, name in enumerate(given)}
    names = sorted(found, key=order.__getitem__)
    if not names:
        raise refused("no part of it can be read either")
    return Parts(_as_one([found[name] for name in names]), tuple(names))


def _given(torch: Any, module: Any, inputs: tuple[Any, ...]) -> Mapping[str, tuple[Any, ...]]:
    """What each module inside is given when it runs, as far as it comes, of those that are called once."""
    calls: dict[str, list[tuple[Any, ...]]] = {}

    def noting(name: str) -> Callable[..., None]:
        def note(_: Any, given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
            calls.setdefault(name, []).append(given if not named else ())

        return note

    hooks = [
        part.register_forward_pre_hook(noting(name), with_kwargs=True) for name, part in module.named_modules() if name
    ]
    try:
        with torch.no_grad(), silent():
            module(*inputs)
    except Exception:  # what ran before is what can be read
        pass
    finally:
        for hook in hooks:
            hook.remove()
    return {name: given[0] for name, given in calls.items() if len(given) == 1 and given[0]}


def _parts(name: str, module: Any, given: Mapping[str, tuple[Any, ...]], read: Read) -> Iterator[tuple[str, Traced]]:
    """A module, or where it cannot be read those inside it."""
    if not any(True for _ in module.parameters()):
        return
    if name in given:
        try:
            yield name, read(module, given[name])
        except ArchitectureError:
            pass
        else:
            return
    for child, part in module.named_children():
        yield from _parts(f"{name}.{child}", part, given, read)


def _as_one(parts: Iterable[Traced]) -> Traced:
    """Graphs beside one another, the last of which has the output."""
    operations: list[Operation] = []
    inputs: list[tuple[int, str]] = []
    outputs: list[int] = []
    warnings: list[str] = []
    met: frozenset[int] = frozenset()
    for part in parts:
        first = len(operations)
        operations += [
            replace(
                each,
                inputs=tuple(number + first for number in each.inputs),
                also=None if each.also is None else each.also + first,
            )
            for each in part.operations
        ]
        inputs += [(number + first, text) for number, text in part.inputs]
        outputs += [number + first for number in (*part.besides, part.output.operation)]
        warnings += part.warnings
        met |= part.met
        output = replace(part.output, operation=outputs[-1])
    return Traced(tuple(operations), tuple(inputs), output, tuple(outputs[:-1]), tuple(warnings), met)
