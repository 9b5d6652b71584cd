"""How the class of attention begins in every framework: what it is given, and the widths that it works out of that."""

from __future__ import annotations

from collections.abc import Iterator

_WIDTHS = ("kv_heads", "head_dim", "value_dim", "memory_channels", "output_channels")
_OTHERS = (("bias", True), ("norm", False), ("relative", 0))


def parameters(said: frozenset[str]) -> list[str]:
    """Return what attention is given, with the options that a network uses and no others.

    >>> parameters(frozenset({"kv_heads", "bias"}))
    ['self', 'channels', 'heads', 'kv_heads=None', 'bias=True']
    """
    widths = [f"{name}=None" for name in _WIDTHS if name in said]
    return ["self", "channels", "heads", *widths, *(f"{name}={default}" for name, default in _OTHERS if name in said)]


def widths(said: frozenset[str], memory: str = "memory_channels") -> Iterator[str]:
    """Yield the lines that work out the widths which were not given; ``memory`` is the name of that of a memory."""
    if "kv_heads" in said:
        yield "        kv_heads = kv_heads or heads"
    yield f"        head_dim = {'head_dim or ' if 'head_dim' in said else ''}channels // heads"
    if "value_dim" in said:
        yield "        value_dim = value_dim or head_dim"
    if "memory_channels" in said:
        yield f"        {memory} = memory_channels or channels"
    if "bias" in said:
        yield "        biases = (bias,) * 4 if isinstance(bias, bool) else bias"
    kept = "self.heads, self.kv_heads = heads, kv_heads" if "kv_heads" in said else "self.heads = heads"
    yield f"        {kept}"


def products(said: frozenset[str], memory: str = "memory_channels") -> tuple[tuple[str, str], ...]:
    """Return what the matrices of query, key, value and output take and give."""
    kv = "kv_heads" if "kv_heads" in said else "heads"
    value = "value_dim" if "value_dim" in said else "head_dim"
    seen = memory if "memory_channels" in said else "channels"
    leaves = "output_channels or channels" if "output_channels" in said else "channels"
    return (
        ("channels", "heads * head_dim"),
        (seen, f"{kv} * head_dim"),
        (seen, f"{kv} * {value}"),
        (f"heads * {value}", leaves),
    )
