"""What a network can be written as, by name; the file of each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

from symcount.architecture import Architecture
from symcount.counts import Count
from symcount.errors import ArchitectureError, near
from symcount.layers.conventions import CONVENTIONS, TEXTBOOK

TARGETS = {
    "torch": "PyTorch modules",
    "keras": "Keras layers and models",
    "flax": "Flax NNX modules",
    "keras-json": "the JSON of a Keras model",
    "config": "a config.json of Hugging Face",
    "vgsl": "VGSL, the notation of Tesseract and kraken",
}
"""Every target, and what it is."""


FILES = {"onnx": "an ONNX graph"}
"""Targets that are no text, and what each is."""


def export(net: Architecture, to: str) -> str:
    """Return a network as the code of a framework, which needs no symcount.

    ``to`` is torch or keras, keras-json, a model as JSON without code, config, a config.json of Hugging Face, or
    vgsl, a line of that notation. A symbol
    that is open is an argument of the network's class. What the target has no layer for is refused by an
    `ArchitectureError` that names the layer.

    >>> from symcount import parse
    >>> print(export(parse("I784-H100-R-O10"), "torch").partition("model = ")[2])
    nn.Sequential(
        nn.Linear(784, 100),  # 78,500
        nn.ReLU(),
        nn.Linear(100, 10),  # 1,010
    )
    assert sum(each.numel() for each in model.parameters()) == 79_510
    <BLANKLINE>
    """
    return exported(net.counted, to)


def exported(count: Count, target: str) -> str:
    """Return a network as the code of a target; what that lacks is refused by name."""
    if target not in TARGETS:
        close = near(target, TARGETS)
        hint = f"did you mean {close}?" if close else f"there are: {', '.join(TARGETS)}"
        raise ArchitectureError("unknown-target", f"nothing is written for {target!r}", hint=hint)
    code: str = import_module(f"symcount.interop.writing.{target.replace('-', '_')}").code(count)
    return code


def content(count: Count, target: str) -> bytes:
    """Return a network as the bytes of a file; what the target lacks is refused by name."""
    found: bytes = import_module(f"symcount.interop.writing.{target}").content(count)
    return found


def convention_of(target: str) -> str:
    """Return the name of the convention under which a target counts: its framework's, or the textbook's.

    >>> convention_of("keras-json"), convention_of("vgsl")
    ('keras', 'textbook')
    """
    framework = _FRAMEWORKS.get(target, target)
    return framework if framework in CONVENTIONS else TEXTBOOK.name


_FRAMEWORKS = {"keras-json": "keras", "onnx": "torch"}
"""Whose convention a target follows, if not its own: recurrent layers of ONNX have PyTorch's biases."""
