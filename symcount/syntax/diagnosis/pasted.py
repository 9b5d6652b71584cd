"""Recognises what is pasted from a program: Python code, a printed module, a summary, a configuration."""

from __future__ import annotations

import re

from symcount.syntax.diagnosis.notation import EXAMPLE, Notation, example


def _summary(_: str, __: re.Match[str]) -> str:
    return f"write the layers in one line, such as {EXAMPLE}; kernels and strides stand in the code, not in a summary"


def _configuration(_: str, __: re.Match[str]) -> str:
    return f"symcount from reads a config.json, a file or -; a line is such as {EXAMPLE}"


def _module(_: str, match: re.Match[str]) -> str:
    """``(conv1): Conv2d(1, 32, kernel_size=(5, 5), stride=(1, 1))`` → ``C(32,5)``."""
    layer = match["layer"]
    return f"write {_translated(layer)} for {layer}, and so on: {EXAMPLE}"


def _translated(layer: str) -> str:
    """A printed layer as it is written here; the name of its class is a name here too."""
    if dense := re.search(r"out_features=([0-9]+)", layer):
        return f"H{dense[1]}"
    name, _, inside = layer.rstrip(")").partition("(")
    if name.startswith("Conv") and (sizes := re.match(r"[0-9]+, ([0-9]+), kernel_size=", inside)):
        options = ((_short(option), _size(inside, option)) for option in ("kernel_size", "stride", "padding"))
        given = ",".join(f"{short}{size}" for short, size in options if size and (short, size) != ("s=", "1"))
        return f"{'T' if 'Transpose' in name else 'C'}({sizes[1]},{given})"
    return name


def _short(option: str) -> str:
    return {"kernel_size": "", "stride": "s=", "padding": "p="}[option]


def _size(inside: str, option: str) -> str:
    """The value of an option, one size where those of all axes are equal."""
    found = re.search(rf"{option}=\(?([0-9]+(?:, [0-9]+)*)", inside)
    sizes = found[1].split(", ") if found else []
    return sizes[0] if len(set(sizes)) == 1 else f"({','.join(sizes)})" if sizes else ""


_CODE = "|".join(
    (
        r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+\w",
        r"^[ \t]*class[ \t]+\w+[^\n:]{0,200}:",
        r"^[ \t]*def[ \t]+\w+[ \t]*\([^)\n]{0,200}\)[^\n:]{0,200}:",
        r"\blambda\b[^;\n]{0,80}:",
        r"\b(?:self|nn|tf|F|keras|torch|layers|models?)\.[A-Za-z]\w*",
        r"\bSequential[ \t]*\((?![ \t]*\n)",
        r"\bConv[123][dD][ \t]*\([^)\n]{0,200}['\"]",
    )
)

PASTED = (
    Notation(
        re.compile(r"\bLayer \(type\b|\bParam #|^(?:Model: \"|Total params:)[^\n]{0,80}", re.MULTILINE),
        "the summary of a model, as Keras and torchinfo print it",
        _summary,
    ),
    Notation(
        re.compile(r"\(\w+\): (?P<layer>[A-Z]\w*\((?:[^()\n]|\([^()\n]*\))*\))"),
        "a printed module of PyTorch",
        _module,
    ),
    Notation(re.compile(r"\A\s*(?:\[\s*)?\{\s*[\"\n]"), "JSON, such as a config.json", _configuration),
    Notation(re.compile(_CODE, re.MULTILINE), "Python code", example),
)
