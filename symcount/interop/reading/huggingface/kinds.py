"""Which kind each layer of a network is of, where its type has several: by words, by places, or every so many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.huggingface.config import Config
from symcount.interop.reading.huggingface.runs import layer_count, runs


def mixed_blocks(config: Config) -> str:
    """Return the blocks of a type whose layers are of several kinds, in letters.

    They are told by the first of the type's ``kinds`` whose field the config has: ``words``, one for each layer or a
    few that are repeated; ``places``, the layers of one kind; or ``every``, after how many layers one of a kind comes.
    The last needs no field: all layers are of its kind.
    """
    traits = config.traits
    blocks: Mapping[str, str] = traits["blocks"]
    layers = layer_count(config, traits.get("layers", "num_hidden_layers"))
    case = next(each for each in traits["kinds"] if _field(each) is None or config.value(_field(each)) is not None)
    words = _words(config, case, layers)
    also: Mapping[str, str] = traits.get("alike", {})
    found = [also.get(word, word) for word in words]
    unknown = next((word for word in found if word not in blocks), None)
    if unknown is not None:
        raise ArchitectureError(
            "bad-config", f"a layer of kind {visible(unknown)}", hint=f"there are: {', '.join(blocks)}"
        )
    return runs([blocks[word] for word in found], next(iter(blocks.values())))


def _field(case: Mapping[str, Any]) -> Any:
    return case.get("words") or case.get("places") or case.get("every")


def _words(config: Config, case: Mapping[str, Any], layers: int) -> list[str]:
    """The kind of each layer."""
    if "every" in case:
        step = config.size(case["every"])
        return [case["is"] if (layer + 1) % step == 0 else case["else"] for layer in range(layers)]
    field = _field(case)
    if field is None:
        return [case["is"]] * layers
    said = config.value(field)
    if "places" in case:
        if not isinstance(said, list) or not all(isinstance(each, int) for each in said):
            raise ArchitectureError("bad-config", f"{field} is a list of whole numbers")
        places = {*said}
        return [case["is"] if layer in places else case["else"] for layer in range(layers)]
    if not isinstance(said, list) or not said or not all(isinstance(each, str) for each in said):
        raise ArchitectureError("bad-config", f"{field} is a list of words, one for each layer")
    if case.get("return"):
        return [said[layer % len(said)] for layer in range(layers)]
    if len(said) != layers:
        message = f"{field} has {len(said):,} words, and there are {layers:,} layers"
        raise ArchitectureError("bad-config", message)
    return said
