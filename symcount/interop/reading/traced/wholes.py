"""Modules of timm that are one layer of the language, though their own code is many operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symcount.interop.reading.graphs.flow import FIRST, LAST
from symcount.interop.reading.traced.modules import module_text


def whole_text(module: Any) -> tuple[str, str] | None:
    """Return the text of such a module, and where it wants the channels; None for any other."""
    kind = type(module)
    reading = _WHOLE.get(kind.__name__) if kind.__module__.partition(".")[0] == "timm" else None
    return None if reading is None else reading(module)


def _channel_attention(module: Any) -> tuple[str, str] | None:
    if module.conv.bias is not None or getattr(module, "conv2", None) is not None:
        return None
    return f"ECA({module.conv.kernel_size[0]})", FIRST


def _global_response(module: Any) -> tuple[str, str] | None:
    return "GRN", FIRST if module.channel_dim == 1 else LAST


def _root_mean_square(module: Any) -> tuple[str, str] | None:
    """The normalisation, and what is done to single values behind it."""
    if module.weight is None:
        return None
    behind = [module_text(each) for each in module.children()]
    texts = ["RMS", *("" if each is None else each[0] for each in behind)]
    return ("-".join(text for text in texts if text != "_"), FIRST) if all(texts) else None


_WHOLE: Mapping[str, Callable[[Any], tuple[str, str] | None]] = {
    "EcaModule": _channel_attention,
    "CecaModule": _channel_attention,
    "GlobalResponseNorm": _global_response,
    "RmsNorm2d": _root_mean_square,
    "RmsNormAct2d": _root_mean_square,
}
