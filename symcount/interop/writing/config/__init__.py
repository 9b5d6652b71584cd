"""A network as a config.json of Hugging Face, where a type of config says it.

What is written is read back and held against the network, layer by layer; what no type says is refused, with the
nearest type and the first layer that it has otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.reading.huggingface.config import Traits
from symcount.interop.reading.huggingface.reader import read_config, types
from symcount.interop.writing.config.matching import Matching, Reached
from symcount.interop.writing.config.search import Attempt, Search
from symcount.interop.writing.config.skeleton import Item, Leaf, Split, skeleton, written_out
from symcount.interop.writing.framework import lacking
from symcount.layers import Input
from symcount.program import canonical_text
from symcount.trace import Step

_MOST_LAYERS = 20_000
"""The most layers and joints of a network that is held against the types."""

_LENGTH, _TIED = "max_position_embeddings", "tie_word_embeddings"


def code(count: Count) -> str:
    """Return a network as the text of a config.json; what no type of config says is refused by name."""
    network = _skeleton(count)
    searches = [_search(name, network) for name in types()]
    said = _said(sorted(searches, key=_reached, reverse=True), Search.singly, count, network)
    if said is None:
        furthest = max(map(_reached, searches))
        said = _said([each for each in searches if _reached(each) == furthest], Search.best, count, network)
    if said is None:
        raise _unlike(max(searches, key=_reached).found)
    return json.dumps(said, indent=2) + "\n"


def _reached(search: Search) -> Reached:
    return search.found.reached


def _said(searches: Sequence[Search], found: Callable[[Search], Attempt], count: Count, network: Sequence[Item]) -> Any:
    """The config of the first type that says the network, if possible with the length of its text; None for none."""
    first = None
    for search in searches:
        said = found(search).said
        read = None if said is None else counted(read_config(said).numbers, {})
        if read is not None and _is_equal(read, count, network):
            if read.input == count.input:
                return said
            first = first or said
    return first


def written_as(name: str, count: Count) -> Any:
    """Return the config of one type that says a network, or None."""
    network = _skeleton(count)
    said = _search(name, network).best().said
    return said if said and _is_equal(counted(read_config(said).numbers, {}), count, network) else None


def _search(name: str, network: Sequence[Item]) -> Search:
    return Search(name, types()[name], network, _of_network(network, types()[name]))


def _skeleton(count: Count) -> tuple[Item, ...]:
    """The skeleton of a network whose sizes are known, but for the length of a text."""
    length = count.trace.input.channels if not count.trace.input.rank else None
    open_ = [name for name, symbol in count.trace.symbols.items() if symbol != length]
    if open_:
        hint = f"symcount export … {' '.join(f'{name}=…' for name in open_)}"
        raise ArchitectureError("not-in-framework", f"a config has numbers, and {', '.join(open_)} is open", hint=hint)
    network = tuple(written_out(skeleton(count.trace)))
    if len(network) > _MOST_LAYERS:
        raise ArchitectureError("limit", f"{len(network):,} layers and joints; at most {_MOST_LAYERS:,} are compared")
    return network


def _is_equal(read: Count, count: Count, network: Sequence[Item]) -> bool:
    """Whether what a config says, read back, is the network: in each layer, and in what is counted."""
    if Matching(network).of(skeleton(read.trace)) is None:
        return False
    return all(read.of(quantity) == count.of(quantity) for quantity in ("params", "frozen", "statistics"))


def _of_network(network: Sequence[Item], traits: Traits) -> dict[str, Any]:
    """Fields that follow from the network itself: how long a text is, whether words are tied, what has no experts."""
    found: dict[str, Any] = {}
    first = network[0]
    if isinstance(first, Leaf) and isinstance(first.part.layer, Input) and not first.part.output.rank:
        length = first.part.output.channels
        found |= {_LENGTH: length} if isinstance(length, int) else {}
    leaves = [leaf for item in network for leaf in _leaves(item)]
    if _TIED in traits["defaults"]:
        found[_TIED] = any("tied" in leaf.sources for leaf in leaves)
    kinds = [leaf.kind for leaf in leaves]
    if traits.get("experts") == "some layers":
        blocks = "".join({"MHA": "|", "moe": "e"}.get(kind, "") for kind in kinds).split("|")[1:]
        found["num_hidden_layers"] = len(blocks)
        found["mlp_only_layers"] = [number for number, block in enumerate(blocks) if not block]
    return found


def _leaves(item: Item) -> Iterator[Leaf]:
    match item:
        case Leaf():
            yield item
        case Split(branches=chains):
            for chain in chains:
                for each in chain:
                    yield from _leaves(each)


def _unlike(best: Attempt) -> ArchitectureError:
    """The refusal that names the nearest type, and the first layer that it has otherwise."""
    part, wanted, is_behind = best.matching.differs
    there = "nothing more" if wanted is None else f"{_written(wanted)} {'behind it' if is_behind else 'here'}"
    return lacking(part, f"no config type says this network: the nearest, {best.name}, has {there}")


def _written(item: Item) -> str:
    part = item.part
    return canonical_text(part.item) if isinstance(part, Step) else part.noun
