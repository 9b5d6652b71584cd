"""What a search space is, beside the table of its networks: how many there are, and how far a quantity goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symcount.answers.space import Space
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.render.medium import Medium


def space_lines(count: Count, quantities: Sequence[Quantity], kind: Medium) -> Iterator[str]:
    """Yield how many networks a text with choices holds, and from where to where each quantity goes."""
    space = Space(count)
    if not space.choices:
        return
    of = kind.escape(f"of {_listed(tuple(space.choices))}")
    if not space.is_closed:
        others = ", ".join(name for name in count.trace.symbols if name not in space.choices)
        yield (
            kind.escape("space: ")
            + kind.size(space.combinations)
            + f" combinations {of}{kind.escape(f'; {others} open')}"
        )
        return
    try:
        yield kind.escape("space: ") + kind.size(space.networks) + kind.escape(" networks, ") + of
        for quantity in quantities:
            if not quantity.is_shape:
                found = space.range(quantity.name)
                name = kind.escape(f"{quantity.name} from ")
                yield name + kind.size(found.least) + kind.escape(" to ") + kind.size(found.most)
    except ArchitectureError as error:
        if error.code != "limit":
            raise
        yield kind.escape(f"no more is said: {error.message}")


def _listed(names: tuple[str, ...]) -> str:
    """The choices, those in the middle left out where they are many."""
    shown = names if len(names) <= _MOST_LISTED else (*names[:2], "…", names[-1])
    return f"{len(names)} choice{'s' * (len(names) > 1)}: {', '.join(shown)}"


_MOST_LISTED = 6


def space_json(count: Count, quantities: Sequence[Quantity]) -> dict[str, Any]:
    """Return a space as data: the values of each choice, the networks, and the range of each quantity."""
    space = Space(count)
    if not space.choices:
        return {}
    answer: dict[str, Any] = {"choices": {name: list(values) for name, values in space.choices.items()}}
    if space.is_closed:
        answer["networks"] = space.networks
        ranges = {each.key: space.range(each.name) for each in quantities if not each.is_shape}
        answer["ranges"] = {key: {"least": each.least, "most": each.most} for key, each in ranges.items()}
    return {"space": answer}
