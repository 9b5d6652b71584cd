"""Recognises a text that is a name and no network: of the zoo, of a model on Hugging Face, or of a file."""

from __future__ import annotations

import re

from symcount.catalogue import nearest, spelled_like
from symcount.errors import ArchitectureError, Span

_NAME = r"[\w.~:\\/-]*[A-Za-z][\w.~:\\/-]*"
_HUB = r"(?:https?://)?(?:(?:www\.)?(?:huggingface\.co|hf\.co)/)?[A-Za-z]{2}[\w.-]*/(?P<name>[A-Za-z][\w.-]{2,})/?"
_ENDING = r"\.([A-Za-z]\w{1,10})\Z"

_LINE = "write the layers in one line, such as I(1,28x28)-C(32,5)-R-P2-H256-O10"
_OR_ZOO = f"{_LINE}, or a name of the zoo (symcount zoo)"

_FILES = {
    **dict.fromkeys(
        ("txt", "text", "md"), "a network is read from a file whose name ends in .arch, or so: symcount count - < {}"
    ),
    **dict.fromkeys(("py", "ipynb"), f"Python code is not read: {_LINE}"),
    "safetensors": "a file of weights says no layers; it checks a total so: symcount verify ARCH --against {0}",
    **dict.fromkeys(
        ("json", "cfg", "prototxt", "keras", "onnx"),
        "a network is read from it so: symcount from {0} | symcount count -",
    ),
    **dict.fromkeys(("yaml", "yml", "toml"), f"a configuration is not read: {_OR_ZOO}"),
    **dict.fromkeys(
        ("h5", "hdf5"),
        "weights of Keras are not read: symcount from reads a .keras file, or what model.to_json() writes",
    ),
    **dict.fromkeys(
        ("pt", "pth", "ckpt", "bin", "pb", "tflite", "gguf"),
        f"a saved model is not read: {_OR_ZOO}",
    ),
}
"""What to do with a file, by the ending of its name."""


def name_alone(source: str) -> ArchitectureError | None:
    """Return what to write for a text that is nothing but a name, or None."""
    name = source.strip()
    if not re.fullmatch(_NAME, name, re.ASCII):
        return None
    message, hint = _of_zoo(name) or _of_file(name) or _of_hub(name) or ("", "")
    start = source.index(name)
    span = Span(start, start + len(name))
    return ArchitectureError("name-alone", message, span=span, hint=hint) if message else None


def _of_zoo(name: str) -> tuple[str, str] | None:
    spelled = spelled_like(name)
    return ("this is the name of a network, not its layers", f"write zoo:{spelled}") if spelled else None


def _of_file(name: str) -> tuple[str, str] | None:
    ending = re.search(_ENDING, name, re.ASCII)
    instead = _FILES.get(ending[1].lower()) if ending else None
    return ("this looks like the name of a file", instead.format(name)) if instead else None


def _of_hub(name: str) -> tuple[str, str] | None:
    found = re.fullmatch(_HUB, name, re.ASCII)
    if found is None:
        return None
    close = spelled_like(found["name"]) or nearest(found["name"])
    hint = (
        f"the nearest in the zoo is zoo:{close}" if close else "symcount zoo lists the networks that are known by name"
    )
    instead = f"{hint}, or give its config.json to symcount from; nothing is fetched from there"
    return "this looks like the name of a model on Hugging Face", instead
