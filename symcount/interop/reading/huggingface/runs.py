"""Writes blocks one after another: by their count where all are alike, by their period or by runs."""

from __future__ import annotations

from itertools import groupby

from symcount.errors import ArchitectureError
from symcount.interop.reading.huggingface.config import Config

MOST_LAYERS = 10_000
"""The most layers of a network whose layers are not all alike."""


def layer_count(config: Config, field: str = "num_hidden_layers") -> int:
    """Return how many layers there are, each of which may differ from the others."""
    layers = config.size(field)
    if layers > MOST_LAYERS:
        raise ArchitectureError("limit", f"{layers:,} layers that may differ; at most {MOST_LAYERS:,} are written")
    return layers


def runs(blocks: list[str], other: str = "") -> str:
    """Return the text of blocks in a row: N of one, or several by their period or by runs; of none, N of ``other``."""
    if len(set(blocks)) <= 1:
        return f"[{blocks[0] if blocks else other}]*N"
    period = next(size for size in range(2, len(blocks) + 1) if blocks == _repeated(blocks[:size], len(blocks)))
    rest = len(blocks) % period
    text = f"[{_written(blocks[:period])}]*{len(blocks) // period}"
    return f"{text}-{_written(blocks[:rest])}" if rest else text


def _repeated(few: list[str], length: int) -> list[str]:
    return (few * (length // len(few) + 1))[:length]


def _written(few: list[str]) -> str:
    found = ((block, len(list(layers))) for block, layers in groupby(few))
    return "-".join(f"[{block}]*{times}" if times > 1 else f"[{block}]" for block, times in found)
