"""``[1,48,0,1 Ct5,5,16 Mp3,3 Lfys64 Lfx128 O1c105]``: VGSL, the notation of Tesseract and kraken.

https://tesseract-ocr.github.io/tessdoc/tess4/VGSLSpecs.html and https://kraken.re/main/vgsl.html: batch, height, width
and channels, 0 for what is open; windows keep the size; a side of 0 stays a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation, joined, unreadable
from symcount.records import record, replace

ACTIVATIONS = {"s": "sigmoid", "t": "tanh", "r": "R", "l": "", "m": "softmax"}
"""The letters of activations, and what they are."""

CELLS = {"L": "LSTM", "G": "GRU"}
"""The letters of recurrent layers, and what they are."""


@record
class _State:
    """What has been read so far: links, channels, height and width, the latter as it is written."""

    links: tuple[str, ...]
    channels: str
    height: str
    width: str

    def then(self, *links: str, **changes: str) -> _State:
        return replace(self, links=(*self.links, *filter(None, links)), **changes)


_Reader = Callable[[_State, re.Match[str]], "_State | None"]


def _read(text: str) -> Network:
    words = list(re.finditer(r"[^\s\[\]]+", text))
    first = re.fullmatch(r"([0-9]+),([0-9]+),([0-9]+),([0-9]+)", words[0][0]) if words else None
    if first is None or len(words) > MOST_LINKS:
        raise unreadable(text, text[:1], 0, "begin with batch, height, width and channels, as in [1,48,0,1 Ct5,5,16]")
    _, rows, columns, channels = first.groups()
    height, width = ("h" if rows == "0" else rows), ("w" if columns == "0" else columns)
    channels = "c" if channels == "0" else channels
    state = _State((f"I({channels},{height}×{width})",), channels, height, width)
    for word in words[1:]:
        state = _step(text, state, word)
    return Network(joined(state.links, text), about="VGSL")


def _step(text: str, state: _State, word: re.Match[str]) -> _State:
    for sign, reader in _READERS:
        if found := re.fullmatch(sign, word[0]):
            after = reader(state, found)
            if after is not None:
                return after
    raise unreadable(text, word[0], word.start(), _HINT)


_HINT = "read are C, Mp, Lf Lr Lb and G along x and y, Do, Gn, S1(1x0)1,3, F and O1 in one series"


def _convolution(state: _State, found: re.Match[str]) -> _State | None:
    kind, rows, columns, filters, down, across = found.groups()
    if not state.height:
        stride = "" if down is None else f",s={across}"
        along = state.then(f"C({filters},{columns}{stride},p=same)", ACTIVATIONS[kind], channels=filters)
        return along if rows == "1" and down in (None, "1") else None
    kernel = rows if rows == columns else f"{rows}x{columns}"
    stride = "" if down is None else f",s={down if down == across else f'({down},{across})'}"
    after = state.then(f"C({filters},{kernel}{stride},p=same)", ACTIVATIONS[kind], channels=filters)
    return (
        after
        if down is None
        else replace(after, height=_over(state.height, down, True), width=_over(state.width, across, True))
    )


def _pool(state: _State, found: re.Match[str]) -> _State | None:
    rows, columns, down, across = found.groups()
    down, across = down or rows, across or columns
    if not state.height:
        along = state.then(f"P({columns})" if across == columns else f"P({columns},s={across})")
        return along if rows == down == "1" else None
    size = rows if rows == columns else f"{rows}x{columns}"
    if (down, across) != (rows, columns):
        height, width = _windows(state.height, rows, down), _windows(state.width, columns, across)
        return state.then(f"P({size},s=({down},{across}))", height=height, width=width)
    return state.then(f"P({size})", height=_over(state.height, rows), width=_over(state.width, columns))


def _windows(size: str, window: str, step: str) -> str:
    """How many windows a side has room for, worked out where it is a number."""
    if size.isdecimal() and int(step):
        return str((int(size) - int(window)) // int(step) + 1)
    return f"({size}-{window})//{step}+1"


def _over(size: str, step: str, up: bool = False) -> str:
    """A side after a stride, worked out where it is a number."""
    if step == "1":
        return size
    if size.isdecimal() and int(step):
        return str(-(-int(size) // int(step)) if up else int(size) // int(step))
    return f"ceil(({size})/{step})" if up else f"({size})//{step}"


def _recurrent(state: _State, found: re.Match[str]) -> _State | None:
    cell, way, axis, summed, units = found.groups()
    is_row = axis == "x" and state.height in ("", "1")
    if not is_row and (not state.height or (summed and axis == "x")):
        return None
    options = (*([] if is_row else [f"along={'yx'.index(axis) + 1}"]), *(["last=on"] if summed else []))
    layer = f"{CELLS[cell]}({','.join((units, *options))})"
    height = "" if is_row or summed else state.height
    return state.then(
        "seq" if is_row and state.height else "",
        f"bi[{layer}]" if way == "b" else layer,
        channels=str(2 * int(units)) if way == "b" else units,
        height=height,
    )


def _collapsed(state: _State, found: re.Match[str]) -> _State | None:
    """``S1(1x0)1,3``: the rows become channels."""
    if not state.height.isdecimal() or not state.channels.isdecimal() or found[1] not in ("0", state.height):
        return None
    channels = str(int(state.channels) * int(state.height))
    return state.then(f"reshape({channels},{state.width})", channels=channels, height="")


def _output(state: _State, found: re.Match[str]) -> _State | None:
    rank, units = found.groups()
    if rank == "0":
        return state.then(f"O{units}")
    if rank == "1" and state.height in ("", "1"):
        return state.then("seq" if state.height else "", f"Lin({units})", height="")
    return state.then(f"C({units},1)") if rank == "2" and state.height else None


_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"C([strlm])(?:\{\w+\})?([0-9]+),([0-9]+),([0-9]+)(?:,([0-9]+),([0-9]+))?", _convolution),
    (r"Mp(?:\{\w+\})?([0-9]+),([0-9]+)(?:,([0-9]+),([0-9]+))?", _pool),
    (r"([LG])([frb])([xy])(s?)(?:\{\w+\})?([0-9]+)", _recurrent),
    (r"S1\(1x([0-9]+)\)1,3", _collapsed),
    (r"Do(?:\{\w+\})?(?:[0-9.]+)?(?:,[0-9])?", lambda state, found: state.then("D")),
    (r"Gn([0-9]+)", lambda state, found: state.then(f"GN({found[1]})")),
    (
        r"F([strlm])([0-9]+)",
        lambda state, found: state.then(f"H{found[2]}", ACTIVATIONS[found[1]], channels=found[2], height="", width=""),
    ),
    (r"O([012])[lsc]a?([0-9]+)", _output),
)

VGSL = Notation(
    re.compile(r"\A\s*(?:\[\s*)?[0-9]+,[0-9]+,[0-9]+,[0-9]+\s+[A-Z(\[]"),
    "VGSL, the notation of Tesseract and kraken",
    _read,
)
