"""Writes a decoder in the language by its traits: letters for sizes, and every layer as the traits have it."""

from __future__ import annotations

from symcount.interop.reading.huggingface.config import Config, Traits
from symcount.interop.reading.huggingface.experts import block_runs

_ORDERS = {
    "before": "{{{norm}-{att}+_}}-{{{norm}-{ff}+_}}",
    "before and behind": "{{{norm}-{att}-{norm}+_}}-{{{norm}-{ff}-{norm}+_}}",
    "behind, inside": "{{{att}-{norm}+_}}-{{{ff}-{norm}+_}}",
    "behind": "{{{att}+_}}-{norm}-{{{ff}+_}}-{norm}",
    "parallel": "{{{norm}-{{{att}+{ff}}}+_}}",
    "parallel, two norms": "{{{norm}-{att}+{norm}-{ff}+_}}",
}
"""Where the normalisations of a block stand, and whether attention and feed-forward layer stand side by side."""

_HEADS = {
    "ForCausalLM": "{text}-{words}",
    "Model": "{text}",
    "ForSequenceClassification": "{text}-Lin(o,bias=off)",
    "ForTokenClassification": "{text}-Lin(o)",
    "ForQuestionAnswering": "{text}-Lin(2)",
}
"""What stands behind the last block, by what the name of an architecture ends in."""

HEADS = tuple(_HEADS)
"""The heads that a decoder may have, the usual one first."""


def decoder_text(config: Config, head: str) -> str:
    """Return a decoder in letters, with the head that an architecture ends in."""
    traits = config.traits
    norm = config.chosen(traits["norm"])
    order = config.chosen(traits.get("order", "before"))
    attention, dense = _attention(config), _feed_forward(config)

    def block(feed_forward: str) -> str:
        return _ORDERS[order].format(norm=norm, att=attention, ff=feed_forward).replace("_-", "").replace("-_}", "}")

    narrow = "narrow" in traits and config.size("word_embed_proj_dim") != config.size("hidden_size")
    parts = ["I(L)", "E(V,w)@word-Lin(d,bias=off)" if narrow else "E(V,d)@word"]
    if "positions" in traits:
        parts.append(f"PE({traits['positions']})")
    if traits.get("first_norm"):
        parts.append(norm)
    parts.append(block_runs(config, block, dense))
    if config.chosen(traits.get("last_norm", "")) != "off":
        parts.append(norm)
    if narrow:
        parts.append("Lin(w,bias=off)")
    text = "-".join(part for part in parts if part != "_")
    return _HEADS[head].format(text=text, words=words(config))


def words(config: Config) -> str:
    """Return the layer that scores every word: the embedding's weights where they are tied, or its own."""
    tied = config.flag("tie_word_embeddings")
    # of two biases that are one where the weights are, both are kept where they are not
    second = "-bias" if config.traits.get("untied_bias") and not tied else ""
    return f"Lin(V{',w=@word' if tied else ''},bias={on(config.flag(config.traits.get('head_bias', False)))}){second}"


def on(flag: bool) -> str:
    """Return the word for a flag."""
    return "on" if flag else "off"


def _attention(config: Config) -> str:
    return _latent(config) if config.traits.get("attention") == "latent" else _heads(config)


def _heads(config: Config) -> str:
    """Attention of several heads, with what some types have besides."""
    traits = config.traits
    keys = config.chosen(traits.get("key_heads", "num_key_value_heads"))
    heads, width = config.size("num_attention_heads"), config.size("hidden_size")
    arguments = ["h"]
    if config.size(keys) != heads:
        arguments.append("kv=h_kv" if keys != "one" else "kv=1")
    own = not traits.get("own_width") and config.value("head_dim") is not None
    if (config.size("head_dim") if own else width // heads) * heads != width:
        arguments.append("dk=d_k")
    into, out = (config.flag(traits.get(trait, False)) for trait in ("qkv_bias", "out_bias"))
    if (into, out) != (True, True):
        arguments.append("bias=qkv" if into else "bias=off" if not out else "bias=(off,off,off,on)")
    norm = config.chosen(traits.get("head_norm", ""))
    if norm == "one":
        arguments.append("norm=on")
    return f"MHA({','.join(arguments)}){_norm_besides(norm, arguments)}{_besides(traits, 'attention_besides')}"


def _norm_besides(norm: str, arguments: list[str]) -> str:
    """A normalisation of queries and keys that is none of attention's own: how many values it learns."""
    width = "d_k" if "dk=d_k" in arguments else "d/h"
    match norm:
        case "each":
            return f"-free((h+h_kv)*{width})" if "kv=h_kv" in arguments else f"-free(2*h*{width})"
        case "one, with offsets":
            return f"-free(4*{width})"
        case _:
            return ""


def _latent(config: Config) -> str:
    """Attention whose keys and values are made of a latent; its biases, where it has any, are declared."""
    query = "" if config.value("q_lora_rank") is None else ",q=r_q"
    biases = ("r_q+" if query else "") + "r_kv+d_r+d"
    besides = f"-free({biases})" if config.flag(config.traits["out_bias"]) else ""
    return f"MLA(h,r_kv,d_k,d_r{query},dv=d_v){besides}"


def _feed_forward(config: Config) -> str:
    bias = on(config.flag(config.traits.get("ff_bias", False)))
    return f"{config.traits['feed_forward']}(d_ff,bias={bias}){_besides(config.traits, 'ff_besides')}"


def _besides(traits: Traits, name: str) -> str:
    """Parameters that a layer of some types has and no kind says, declared behind it."""
    return f"-{traits[name]}" if name in traits else ""
