"""A cfg file of darknet: sections in brackets, each a layer, with ``key=value`` lines.

https://github.com/AlexeyAB/darknet/wiki/CFG-Parameters-in-the-different-layers and pjreddie/darknet, src/parser.c: what
is not said has the default there. Layers that only train or draw (yolo, region, cost …) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcount.errors import ArchitectureError, Span
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation
from symcount.records import record

_SECTION = re.compile(r"^[ \t]*\[(\w+)\][ \t\r]*(?:[#;].*)?$", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_PASSED_OVER = frozenset("yolo region detection cost gaussian_yolo crop noise softmax logistic activation".split())
"""Sections without parameters behind which nothing changes that is counted."""


@record
class _Section:
    """A section: its kind, its values, its place in the text, and the number of its layer."""

    kind: str
    values: dict[str, str]
    start: int
    text: str
    number: int = -1

    def size(self, name: str, default: int) -> int:
        """A value that is a whole number."""
        said = self.values.get(name)
        if said is None:
            return default
        if not re.fullmatch(r"-?[0-9]{1,12}", said):
            raise self.wrong(f"{name} is a whole number, found {said!r}")
        return int(said)

    def layers(self, name: str) -> list[int]:
        """The numbers of the layers that a value names, counted from this one where they are negative."""
        said = [each.strip() for each in self.values.get(name, "").split(",")]
        if not all(re.fullmatch(r"-?[0-9]{1,6}", each) for each in said):
            raise self.wrong(f"{name} names layers by number, found {self.values.get(name, '')!r}")
        found = [int(each) if int(each) >= 0 else self.number + int(each) for each in said]
        if not all(0 <= each < self.number for each in found):
            raise self.wrong(f"{name} names a layer that is not before this one")
        return found

    def wrong(self, message: str) -> ArchitectureError:
        """The error for something in this section."""
        span = Span(self.start, self.start + len(self.kind) + 2)
        return ArchitectureError("bad-notation", f"[{self.kind}]: {message}", span=span, source=self.text)


def _read(text: str) -> Network:
    sections = list(_sections(text))
    first, *layers = sections
    if len(layers) > MOST_LINKS:
        raise ArchitectureError("limit", f"the text has {len(layers):,} layers; at most {MOST_LINKS:,} are read")
    shape = f"I({first.size('channels', 3)},{first.size('height', 416)}x{first.size('width', 416)})"
    written = [_layer(section) for section in layers]
    named = {number for section in layers for number in _named(section)}
    links = [shape, *(_labelled(link, number, number in named) for number, link in enumerate(written))]
    chain = "-".join(link for link in links if link)
    return Network(chain, about="a cfg file of darknet", notes=("activations and what only trains are left out",))


def _labelled(link: str, number: int, named: bool) -> str:
    """A layer with a label where another takes up its output; what is left out is then the identity."""
    return link if not named else f"[{link or '_'}]@l{number}"


def _sections(text: str) -> Iterator[_Section]:
    found = list(_SECTION.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    number = -1
    for match, end in zip(found, ends, strict=True):
        values = {line[1]: line[2].split("#")[0].strip() for line in _LINE.finditer(text, match.end(), end)}
        kind = match[1]
        yield _Section(kind, values, match.start(), text, number)
        number += 1


def _named(section: _Section) -> Iterator[int]:
    match section.kind:
        case "shortcut" | "sam" | "scale_channels":
            yield from section.layers("from")
        case "route":
            yield from section.layers("layers")


def _layer(section: _Section) -> str:
    match section.kind:
        case "convolutional" | "conv":
            return _convolution(section)
        case "maxpool" | "max":
            return _pool(section)
        case "avgpool" | "avg":
            return "GAP"
        case "connected" | "conn":
            norm = "-BN" if section.size("batch_normalize", 0) else ""
            return f"H({section.size('output', 1)}{',bias=off' if norm else ''}){norm}"
        case "dropout":
            return "D"
        case "shortcut":
            return f"{{_+{'+'.join(f'@l{number}' for number in section.layers('from'))}}}"
        case "route":
            return _route(section)
        case "upsample":
            return f"U{section.size('stride', 2)}"
        case "reorg":
            return f"s2d{section.size('stride', 1)}"
        case kind if kind in _PASSED_OVER:
            return ""
    raise section.wrong("this kind of layer is not read")


def _convolution(section: _Section) -> str:
    kernel = section.size("size", 1)
    pad = kernel // 2 if section.size("pad", 0) else section.size("padding", 0)
    norm = section.size("batch_normalize", 0)
    arguments = [f"{section.size('filters', 1)}", f"{kernel}"]
    options = (
        ("s", section.size("stride", 1), 1),
        ("p", pad, 0),
        ("d", section.size("dilation", 1), 1),
        ("g", section.size("groups", 1), 1),
    )
    for letter, value, default in options:
        if value != default:
            arguments.append(f"{letter}={value}")
    return f"C({','.join(arguments)}{',bias=off' if norm else ''}){'-BN' if norm else ''}"


def _pool(section: _Section) -> str:
    stride = section.size("stride", 1)
    kernel = section.size("size", stride)
    padding = section.size("padding", kernel - 1)
    if padding == kernel - 1:
        return f"P({kernel},s={stride},p=same)"
    if padding % 2:
        return f"pad(before={padding // 2},after={padding - padding // 2})-P({kernel},s={stride})"
    return f"P({kernel},s={stride},p={padding // 2})"


def _route(section: _Section) -> str:
    """The outputs of layers side by side, or one group of the channels of each: as many, whichever of them it is."""
    groups = section.size("groups", 1)
    part = "" if groups == 1 else f"-take(cin/{groups})"
    return f"{{{'|'.join(f'@l{number}{part}' for number in section.layers('layers'))}}}"


DARKNET = Notation(
    re.compile(r"\A(?:\s|[#;][^\n]*\n)*\[(?:net|network)\][ \t\r]*(?:[#;].*)?$", re.MULTILINE),
    "a cfg file of darknet",
    _read,
)
