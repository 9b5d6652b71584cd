"""The sizes of an attention, by its projections and by what its heads see; and its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isqrt, prod

from symcount.interop.reading.graphs.steps import Step, Weight


def head_sizes(
    query: Step, value: Step, linear: tuple[Step, Step, Step, Step], between: Sequence[Step], table: Weight | None
) -> Mapping[str, object] | None:
    """Return the sizes of an attention; None where they do not fit its projections."""
    q, k, v, _ = linear
    if len(query.shape) < _HEADS:
        return None
    heads, width, value_width = query.shape[-3], query.shape[-1], value.shape[-1]
    units = {each.name: each.options["units"] for each in linear}
    own, both = heads * width, width + value_width
    if q.name == v.name:
        kv, rest = divmod(units[q.name] - own, both)
    elif k.name == v.name:
        kv, rest = divmod(units[k.name], both)
    else:
        kv, rest = divmod(units[k.name], width)
        rest += units[v.name] - kv * value_width
    if rest or kv < 1 or heads % kv or (q.name not in (k.name, v.name) and units[q.name] != own):
        return None
    biases = _biases(linear, own, kv * value_width)
    extra = [weight for each in between for weight in each.weights if weight.count > 1 and weight != table]
    norms = [weight for each in between if each.kind in ("layer norm", "rms norm") for weight in each.weights]
    norm = [weight.count for weight in norms] == [width, width] and extra == norms
    side = isqrt(query.shape[-2])
    windowed = len(query.shape) >= 4 and prod(query.shape[:-3]) > 1
    if windowed and side * side != query.shape[-2]:
        return None
    return {
        "heads": heads, "kv": kv, "dk": width, "dv": value_width, "bias": biases, "norm": norm,
        "rel": table.count // heads if table else 0, "win": side if windowed else None,
        "extra": 0 if norm else sum(each.count for each in dict.fromkeys(extra)),
    }  # fmt: skip


_HEADS = 3
"""The least axes of queries: heads, on one axis with a batch of one, places and the values of a head."""


def position_table(scores: Sequence[Step], queries: tuple[int, ...]) -> Weight | None:
    """Return a table of relative positions: what is added to the scores, so many values for each head."""
    added = {weight for each in scores if each.kind in ("add", "scaled product") for weight in each.weights}
    [*tables] = (weight for weight in added if weight.count > 1)
    if len(tables) != 1 or len(tables[0].parts) > 1 or len(queries) < _HEADS or tables[0].count % queries[-3]:
        return None
    return tables[0]


def _biases(linear: tuple[Step, Step, Step, Step], queries: int, values: int) -> tuple[int, ...]:
    """Which projections have a bias, those too of which one matrix is the queries', keys' and values'."""
    q, k, _, _ = linear
    found = [int(len(each.weights) > 1) for each in linear]
    if q.name == k.name and found[0] and q.weights[1].count == queries + values < q.options["units"]:
        found[1] = 0
    return tuple(found)


def attention_text(options: Mapping[str, object], channels: int) -> str:
    """Return the text of an attention by its sizes, but for where its keys come from; without a closing parenthesis."""
    heads, kv, dk, dv, biases = (options[name] for name in ("heads", "kv", "dk", "dv", "bias"))
    words = [f"MHA({heads}"]
    words += [f"kv={kv}"] if kv != heads else []
    words += [f"dk={dk}"] if dk != channels // int(str(heads)) else []
    words += [f"dv={dv}"] if dv != dk else []
    if biases != (1, 1, 1, 1):
        words.append("bias=off" if biases == (0, 0, 0, 0) else f"bias={biases}".replace(" ", ""))
    words += ["norm=on"] if options["norm"] else []
    words += [f"rel={options['rel']}"] if options["rel"] else []
    words += [f"win={options['win']}"] if options["win"] else []
    return ",".join(words)
