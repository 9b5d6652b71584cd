"""``ir_r2_k3_s2_e6_c24``: the block strings of timm's MobileNets and EfficientNets, one after another.

https://github.com/huggingface/pytorch-image-models, timm/models/_efficientnet_builder.py, ``_decode_block_str``. Read
are ``ir`` (inverted residual), ``ds`` and ``dsa`` (depthwise separable), ``er`` (edge residual), ``cn`` (convolution).
Squeezed channels are a part of what arrives; where they, or the wide channels, are no multiple of 8, timm rounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.errors import ArchitectureError
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation, unreadable

_KINDS = ("ir", "dsa", "ds", "er", "cn")
_BLOCK = re.compile(rf"(?<![\w.])(?:{'|'.join(_KINDS)})(?:_[a-z]+[0-9.]*)+(?![\w.])")
_OPTIONS = re.compile(r"_(?P<name>se|noskip|skip|nre|nsw|nhs|nr6|[a-z])(?P<value>[0-9.]*)")
_HINT = "a block is such as ir_r2_k3_s2_e6_c24: kind, repeats, kernel, stride, expansion, channels"


def _read(text: str) -> Network:
    links, before = ["I(c,n×n)"], ""
    for found in _BLOCK.finditer(text):
        options = _options(text, found)
        links += _stage(text, found, options, before)
        before = options["c"]
        if len(links) > MOST_LINKS:
            raise ArchitectureError("limit", f"a text of at most {MOST_LINKS:,} blocks is read")
    notes = ("the input is left open", "activations are left out: they count nothing")
    return Network("-".join(links), about="block strings of timm", notes=notes)


def _options(text: str, found: re.Match[str]) -> dict[str, str]:
    body = found[0][found[0].index("_") :]
    read = {match["name"]: match["value"] for match in _OPTIONS.finditer(body)}
    unknown = set(read) - {"r", "k", "s", "e", "c", "se", "noskip", "skip", "nre", "nsw", "nhs"}
    if unknown or "".join(match[0] for match in _OPTIONS.finditer(body)) != body or not read.get("c", "").isdecimal():
        raise unreadable(text, found[0], found.start(), _HINT)
    for name, default in (("r", "1"), ("k", "3"), ("s", "1"), ("e", "1")):
        read.setdefault(name, default)
    whole = all(read[name].isdecimal() and 0 < int(read[name]) <= MOST_LINKS for name in ("r", "k", "s", "e"))
    if not whole or not re.fullmatch(r"(0?\.[0-9]+)?", read.get("se", "")):
        raise unreadable(text, found[0], found.start(), _HINT)
    return read


def _stage(text: str, found: re.Match[str], options: dict[str, str], before: str) -> Iterator[str]:
    """The first block of a stage, and the others, which have no stride and are added to what arrives."""
    kind, times = found[0].split("_")[0], int(options["r"])
    same = options["s"] == "1" and before == options["c"] and "noskip" not in options
    plain = "noskip" in options or kind == "cn"
    first = _block(kind, options, options["s"])
    yield f"{{{first}+_}}" if same and not plain else first
    if times > 1:
        other = _block(kind, options, "1")
        repeated = f"*{times - 1}" if times > 2 else ""
        yield f"[{other}]{repeated}" if plain else f"{{{other}+_}}{repeated}"


def _block(kind: str, options: dict[str, str], stride: str) -> str:
    kernel, wide, out = options["k"], options["e"], options["c"]
    half = int(kernel) // 2
    strided = "" if stride == "1" else f",s={stride}"
    squeezed = f"-SE(cin*{options['se']}{'' if wide == '1' else f'/{wide}'})" if options.get("se") else ""
    deep = f"DW({kernel}{strided},p={half},bias=off)-BN{squeezed}"
    match kind:
        case "ir":
            widened = "" if wide == "1" else f"C({wide}*cin,1,bias=off)-BN-"
            return f"{widened}{deep}-C({out},1,bias=off)-BN"
        case "er":
            return f"C({wide}*cin,{kernel}{strided},p={half},bias=off)-BN{squeezed}-C({out},1,bias=off)-BN"
        case "cn":
            return f"C({out},{kernel}{strided},p={half},bias=off)-BN"
        case _:
            return f"{deep}-C({out},1,bias=off)-BN"


BLOCK_STRINGS = Notation(
    re.compile(rf"\A[\s\[\]'\",]*(?:{'|'.join(_KINDS)})_[rkscen][0-9]"), "block strings of timm", _read
)
