"""The forms that a type of config has: for each field that decides which layers there are, the values that matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from symcount.interop.reading.huggingface.config import Traits
from symcount.interop.reading.huggingface.decoder import HEADS

Said = Mapping[str, Any]
"""What a config says, by the names of its fields."""

ARCHITECTURES = "architectures"

_FLAGS = ("qkv_bias", "out_bias", "ff_bias", "head_bias")
"""The traits that may name a field which is on or off."""


def beginning(traits: Traits) -> dict[str, Any]:
    """Return a config of a type in which sizes that may be equal, or left out, are neither."""
    heads = traits["defaults"].get("num_attention_heads", 1)
    width = traits["defaults"].get("hidden_size", 1)
    found: dict[str, Any] = {"num_key_value_heads": heads + 1, "num_kv_heads": heads + 1, "num_experts_per_tok": 1}
    if not traits.get("own_width") and "text" not in traits:
        found["head_dim"] = width + 1
    if "first_k_dense_replace" in traits["defaults"]:
        found["first_k_dense_replace"] = 1
    return found


def options(traits: Traits) -> dict[str, tuple[Any, ...]]:
    """Return the values that a field may have besides that of `beginning`, or its default, for each that decides."""
    found: dict[str, dict[Any, None]] = {}
    if "tie_word_embeddings" in traits["defaults"]:
        found["tie_word_embeddings"] = dict.fromkeys((True, False))
    for field in _flags(traits):
        found[field] = dict.fromkeys((True, False))
    for condition in _conditions(traits):
        for field, value in _values(condition, traits):
            found.setdefault(field, {})[value] = None
    if "narrow" in traits:
        found["word_embed_proj_dim"] = {traits["defaults"]["hidden_size"] + 1: None}
    if traits.get("attention") == "latent":
        found["q_lora_rank"] = {None: None}
    for field, values in traits.get("choices", {}).items():
        found[field] = dict.fromkeys(values)
    found[ARCHITECTURES] = dict.fromkeys(heads(traits))
    return {field: tuple(values) for field, values in found.items()}


def equal_to(traits: Traits) -> dict[str, str]:
    """Return the fields of which a condition asks whether they are equal to another, and that one."""
    found = (re.fullmatch(r"(?:not )?(\w+)=([a-z]\w+)", condition) for condition in _conditions(traits))
    return {match[1]: match[2] for match in found if match}


def heads(traits: Traits) -> tuple[str, ...]:
    """Return what the names of a type's architectures end in."""
    own: Mapping[str, str] = traits.get("heads", {})
    usual = () if "text" in traits else (head for head in HEADS if head not in own.values())
    return (*own, *usual)


def _flags(traits: Traits) -> Iterator[str]:
    for name in _FLAGS:
        if isinstance(traits.get(name), str):
            yield traits[name]
    letters = traits.get("letters", {})
    texts = (traits.get("text", ""), *_words(traits.get("parts", {})))
    for letter in re.findall(r"bias=(\w+)", " ".join(texts)):
        if letter in letters:
            yield letters[letter]


def _words(parts: Mapping[str, Any]) -> Iterator[str]:
    for part in parts.values():
        yield from (part,) if isinstance(part, str) else (case["is"] for case in part)


def _conditions(traits: Traits) -> Iterator[str]:
    """Every condition of a case, but those of what is refused."""
    traits_with_cases = (*traits.items(), *traits.get("parts", {}).items())
    for name, trait in traits_with_cases:
        if isinstance(trait, list) and name != "notes":
            for case in trait:
                if isinstance(case, dict):
                    yield from filter(None, case.get("if", "").split(" and "))


def _values(condition: str, traits: Traits) -> Iterator[tuple[str, Any]]:
    """A field and the values by which a condition holds, and does not hold."""
    name, sign, other = re.fullmatch(r"(?:not )?(\w+)(?:([=^])(\w+))?", condition).groups()  # type: ignore[union-attr]
    match sign:
        case None:
            yield from ((name, True), (name, False))
        case "=" if other.isdecimal():
            yield from ((name, int(other)), (name, int(other) + 1))
        case "=":
            yield from ((name, traits["defaults"][other]), (name, traits["defaults"][other] + 1))
        case _:
            yield name, other
