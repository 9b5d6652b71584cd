"""Writes the blocks of a decoder one after another: all alike, or some dense and some with experts."""

from __future__ import annotations

from collections.abc import Callable

from symcount.errors import ArchitectureError
from symcount.interop.reading.huggingface.config import Config
from symcount.interop.reading.huggingface.runs import layer_count, runs

_Block = Callable[[str], str]
"""From a feed-forward layer to the block that it stands in."""


def block_runs(config: Config, block: _Block, dense: str) -> str:
    """Return the blocks of a decoder, whose dense feed-forward layer this is."""
    match config.traits.get("experts"):
        case None:
            return f"[{block(dense)}]*N"
        case "all layers":
            return f"[{block(_experts(config))}]*N"
        case "behind dense layers":
            return _behind_dense(config, block(dense), block(_experts(config)))
        case _:
            blocks = {False: block(dense), True: block(_experts(config))}
            return runs([blocks[sparse] for sparse in _sparse(config)], blocks[False])


def _experts(config: Config) -> str:
    """The experts, and what every token meets beside them."""
    bias = config.flag(config.traits.get("ff_bias", False))
    top = "" if config.value("num_experts_per_tok") is None else ",top=k"
    router = ",bias=on" if config.traits.get("router_bias") else ""
    plain = config.traits["experts"] != "behind dense layers"
    shared = "" if plain or bias else ",shared=s"
    one = f"GLU(f,bias={'on' if bias and plain else 'off'})"
    mixture = f"moe(e{top}{shared}{router})[{one}]"
    if config.traits.get("shared_gate"):
        return f"{{{mixture}+GLU(f_s)-free(d)}}"
    return mixture if plain or not bias else f"{{{mixture}+GLU(s*f,bias=on)}}"


def _behind_dense(config: Config, dense: str, sparse: str) -> str:
    before, layers = config.size("first_k_dense_replace"), config.size("num_hidden_layers")
    if before == 0:
        return f"[{sparse}]*N"
    return f"[{dense}]*N" if before >= layers else f"[{dense}]*b-[{sparse}]*(N-b)"


def _sparse(config: Config) -> list[bool]:
    """Whether each layer has experts, by the step between those that have, and a list of those that have not."""
    layers, step = layer_count(config), config.size("decoder_sparse_step")
    dense = config.value("mlp_only_layers") or []
    if not isinstance(dense, list) or not all(isinstance(each, int) for each in dense):
        raise ArchitectureError("bad-config", "mlp_only_layers is a list of whole numbers")
    if step == 0:
        raise ArchitectureError("bad-config", "decoder_sparse_step is a whole number from 1, found 0")
    some = config.size("num_experts") > 0
    without = set(dense)
    return [some and layer not in without and (layer + 1) % step == 0 for layer in range(layers)]
