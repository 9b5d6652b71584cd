"""From a config to a network: its type, the head that its architecture has, and the sizes of its letters.

Refused are configs that bring code of their own, types that are not in the table, and heads that are not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from symcount.errors import ArchitectureError, near, visible
from symcount.interop.reading.huggingface.config import Config, Traits
from symcount.interop.reading.huggingface.decoder import HEADS, decoder_text, words
from symcount.interop.reading.huggingface.kinds import mixed_blocks
from symcount.interop.reading.network import Network, network

_LETTERS = {
    "N": "num_hidden_layers", "d": "hidden_size", "h": "num_attention_heads", "h_kv": "num_key_value_heads",
    "d_k": "head_dim", "d_ff": "intermediate_size", "V": "vocab_size", "L": "max_position_embeddings",
    "S": "type_vocab_size", "w": "word_embed_proj_dim", "e": "num_experts", "k": "num_experts_per_tok",
    "s": "n_shared_experts", "b": "first_k_dense_replace", "f_s": "shared_expert_intermediate_size",
    "r_kv": "kv_lora_rank", "r_q": "q_lora_rank", "d_r": "qk_rope_head_dim", "d_v": "v_head_dim",
}  # fmt: skip
"""What each letter of a text stands for, where its type says nothing else."""

_PASSED_OVER = ("L", "n")
"""Letters that stay open where a config does not say them: how long a text is decides nothing."""

_ROUNDS = 5
"""How deep parts of a text may stand in others."""


@cache
def types() -> Mapping[str, Traits]:
    """Return the traits of every type that is read."""
    table: dict[str, Traits] = {}
    for name, own in tomllib.loads((Path(__file__).parent / "types.toml").read_text(encoding="utf-8")).items():
        table[name] = {**table.get(own.get("like", ""), {}), **own}
    return table


def is_config(said: object) -> bool:
    """Whether JSON is a config of Hugging Face: an object that names its type, or code that would read it."""
    return isinstance(said, dict) and not {"model_type", "auto_map"}.isdisjoint(said)


def read_config(said: Mapping[str, Any]) -> Network:
    """Return the network that a config describes."""
    if said.get("auto_map"):
        _refuse_code(said)
    name = said.get("model_type")
    if not isinstance(name, str) or name not in types():
        return _of_part(said, name)
    config = _config(said, types()[name])
    _refuse_what_is_not_said(config)
    head, number = _head(said, name, config.traits)
    labels = _labels(said, config.traits)
    text = _text(config, head)
    if "w=@word" not in text:
        text = text.replace("@word", "")
    letters = _fields(config)
    about = f"{name}, {number}: {_LAST[head]}" if head in _LAST else f"{name}, {number}"
    return network(text, lambda letter: labels if letter == "o" else _size(config, letter, letters), about,
                   tuple(_notes(config)))  # fmt: skip


_LAST = {"Model": "without a last layer"}


def letter_fields(said: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the field that each letter of a config's text stands for; its type is one that is read."""
    return _fields(_config(said, types()[said["model_type"]]))


def _fields(config: Config) -> Mapping[str, str]:
    return {**_LETTERS, **_letters_of(config), **config.traits.get("letters", {})}


def _config(said: Mapping[str, Any], traits: Traits) -> Config:
    inner = {}
    for field, type_ in traits.get("inside", {}).items():
        parts = [part for part in (said.get(field), said.get(f"{field}_dict")) if part is not None]
        if not all(isinstance(part, dict) for part in parts):
            raise ArchitectureError("bad-config", f"{field} is an object of fields")
        inner[field] = _config({name: value for part in parts for name, value in part.items()}, types()[type_])
    return Config(said, traits, inner)


def _refuse_code(said: Mapping[str, Any]) -> None:
    """Refuse a config whose model is code of its own: what that builds cannot be known without running it."""
    name = said.get("model_type")
    message = "auto_map: the model is code that comes with the config, which is not run"
    hint = "only the library's own types are read"
    if isinstance(name, str) and name in types():
        hint = f"if that code builds what the library calls {name}, take the line of auto_map out"
    raise ArchitectureError("unknown-type", message, hint=hint)


def _of_part(said: Mapping[str, Any], name: object) -> Network:
    """The text part of a model of several parts, or the error for a type that is not read."""
    inner = said.get("text_config")
    if isinstance(inner, dict):
        inner = {"model_type": f"{name}_text", **inner}
    if isinstance(inner, dict) and isinstance(inner["model_type"], str) and inner["model_type"] in types():
        found = read_config(inner | {k: v for k, v in said.items() if k == "tie_word_embeddings" and k not in inner})
        return found.noted(f"only the text_config of {visible(str(name))} is counted, none of its other parts")
    shown = f"the model type {name!r} is not read" if isinstance(name, str) else "the config names no model_type"
    close = near(name, types()) if isinstance(name, str) else None
    hint = f"the nearest that is read is {close}" if close else f"read are {', '.join(types())}"
    raise ArchitectureError("unknown-type", shown, hint=hint)


def _refuse_what_is_not_said(config: Config) -> None:
    for condition, reason in config.traits.get("refused", {}).items():
        if config.holds(condition):
            raise ArchitectureError("unknown-type", f"{condition}: {reason}", hint="nothing is counted in part")


def _head(said: Mapping[str, Any], name: str, traits: Traits) -> tuple[str, str]:
    """What stands behind the last block, by the first of the architectures; and what that is called."""
    heads: Mapping[str, str] = traits.get("heads", {})
    known = [*(heads if "text" in traits else HEADS)]
    named = said.get("architectures") or []
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        raise ArchitectureError("bad-config", "architectures is a list of names")
    if not named:
        bare = traits.get("bare")
        head = bare if bare and not {"id2label", "num_labels"} & said.keys() else known[0]
        return head, f"no architecture is named, taken as a {head}"
    own = heads if "text" not in traits else {}
    for ending in sorted((*known, *own), key=len, reverse=True):
        if named[0].endswith(ending):
            return own.get(ending, ending), visible(named[0])
    message = f"the architecture {named[0]!r} of type {name} is not read"
    raise ArchitectureError("unknown-type", message, hint=f"read are names that end in: {', '.join(known)}")


def _text(config: Config, head: str) -> str:
    """The network in letters: composed of its traits, or written whole with parts for its $names."""
    traits = config.traits
    if "text" not in traits:
        return decoder_text(config, head)
    parts = {name: config.chosen(part) for name, part in traits.get("parts", {}).items()}
    parts |= {"text": traits["text"], "words": words(config)}
    if "kinds" in traits:
        parts["blocks"] = mixed_blocks(config)
    text: str = traits["heads"][head]
    for _ in range(_ROUNDS):
        text = Template(text).substitute(parts)
    return text


def _letters_of(config: Config) -> dict[str, str]:
    """Letters whose field depends on traits: the width of an expert, of a head, the heads of keys."""
    traits = config.traits
    found = {"f": traits["expert_size"]} if "expert_size" in traits else {}
    if traits.get("attention") == "latent":
        found["d_k"] = "qk_nope_head_dim"
    if "key_heads" in traits:
        found["h_kv"] = config.chosen(traits["key_heads"])
    return found


def _size(config: Config, letter: str, letters: Mapping[str, str]) -> int | None:
    """The size that a letter stands for, None where it stays open."""
    field = letters.get(letter)
    if field is None:
        return None
    said = config.value(field)
    if field == "head_dim" and (said is None or config.traits.get("own_width")):
        return config.size("hidden_size") // config.size("num_attention_heads")
    if letter in _PASSED_OVER and said is None:
        return None
    return config.size(field)


def _labels(said: Mapping[str, Any], traits: Traits) -> int:
    """How many classes a classifier has: two, where nothing is said."""
    labels, named = said.get("num_labels"), said.get("id2label")
    if isinstance(labels, int) and labels > 0:
        return labels
    return len(named) if isinstance(named, dict) and named else traits.get("labels", 2)


def _notes(config: Config) -> Iterator[str]:
    for case in config.traits.get("notes", ()):
        if config.holds(case.get("if", "")):
            yield case["is"]
    if config.value("quantization_config") is not None:
        yield "the file is quantized; what is counted are the parameters, not the bytes or values that hold them"
