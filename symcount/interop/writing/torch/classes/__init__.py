"""Classes of PyTorch modules that a network is written with where PyTorch has none, each written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.interop.writing.nodes import Module
from symcount.interop.writing.torch.classes import called
from symcount.interop.writing.torch.classes.arranging import ARRANGING
from symcount.interop.writing.torch.classes.attention import GIVEN, LATENT, attention, window_attention
from symcount.interop.writing.torch.classes.learning import LEARNING
from symcount.interop.writing.torch.classes.states import STATES

_FIXED = {**ARRANGING, **LEARNING, **STATES, **GIVEN, "LatentAttention": LATENT}

_WITH_OPTIONS = {"Attention": attention, "WindowAttention": window_attention}

_BASES = {"WindowAttention": "Attention", "PackedAttention": "GivenAttention"}
"""Classes that are written on top of another of these."""

CLASS_NAMES = frozenset((*_FIXED, *_WITH_OPTIONS, *called.NAMES))
"""The names of all these classes."""


def class_texts(modules: Sequence[Module]) -> Iterator[str]:
    """Yield the texts of the classes that modules need, each once, those that others are built on before them."""
    names = [name for each in modules for name in (_BASES.get(each.name), each.name) if name is not None]
    said = {
        argument.keyword
        for each in modules if each.name in _WITH_OPTIONS
        for argument in each.arguments if argument.keyword and argument.text != argument.default
    }  # fmt: skip
    said |= {"memory" for each in modules if each.name == "Attention" and each.needs}
    for name in dict.fromkeys(names):
        text = _text(name, frozenset(said))
        if text is not None:
            yield text


def _text(name: str, said: frozenset[str]) -> str | None:
    if name in _FIXED:
        return _FIXED[name].strip("\n")
    if name in _WITH_OPTIONS:
        return "\n".join(_WITH_OPTIONS[name](said))
    return called.called(name)
