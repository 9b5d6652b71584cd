"""What a quantity is counted under: the convention, and for costs the pass, the bytes of a value and the batch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symcount.arithmetic import Size, Symbol
from symcount.errors import ArchitectureError, near
from symcount.layers import ACCOUNTS, Convention
from symcount.records import record

BYTES = {
    "float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "float8": 1, "int64": 8, "int32": 4, "int16": 2, "int8": 1,
}  # fmt: skip
"""The bytes of a value of each type."""

PER = ("token", "sequence")
HELD = ("new", "all")
SCHEMES = ("mixed", *ACCOUNTS)
MEMORY_PARTS = ("params", "gradients", "adam", "activations", "kv")
_OF_SCHEME = {"mixed": ("params", "gradients", "adam"), **dict.fromkeys(ACCOUNTS, ("activations",))}
"""What a scheme is of, where nothing else is asked for."""

_MASTER = 4
"""The bytes of a master copy of each weight, in mixed precision (ZeRO, 2019, section 3.1)."""


@record
class Memory:
    """Whose memory is counted: parts of it, the bytes of a value, those of a moment, a master copy, and the batch."""

    parts: tuple[str, ...] = ("params",)
    width: Size = 4
    moment: Size = 4
    master: int = 0
    batch: Size = 1

    @property
    def optimizer(self) -> Size:
        """The bytes that Adam keeps of each parameter: two moments, and the master copy where there is one."""
        return 2 * self.moment + self.master

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes that may be symbols."""
        return self.width, self.moment, self.batch


@record
class Setting:
    """The settings under which a quantity is counted.

    ``passes`` is 3 in training: one forward, and a backward that costs two. ``per`` says for what one amount is;
    ``held`` is new or all: which outputs are held for the backward pass.
    """

    convention: Convention
    passes: int = 1
    per: str = ""
    held: str = HELD[0]
    memory: Memory = Memory()


def setting(
    convention: Convention,
    *,
    training: bool = False,
    per: str | None = None,
    held: str = HELD[0],
    memory_of: str | Iterable[str] | None = None,
    dtype: str | int | None = None,
    adam_dtype: str | int | None = None,
    batch: str | int = 1,
    scheme: str | None = None,
) -> Setting:
    """Return a setting from what a user says; what there is not is refused with what there is."""
    if per is not None:
        _chosen("per", per, PER)
    _chosen("held", held, HELD)
    scheme = "" if scheme is None else _chosen("scheme", scheme, SCHEMES)
    mixed = scheme == "mixed"
    parts = _parts(memory_of, _OF_SCHEME.get(scheme, ("params",)))
    if scheme in ACCOUNTS:
        parts = tuple(scheme if part == "activations" else part for part in parts)
    width = _bytes("dtype", dtype, 2 if mixed else 4)
    moment = _bytes("adam_dtype", adam_dtype, 4)
    memory = Memory(parts, width, moment, _MASTER if mixed else 0, _size("batch", batch))
    return Setting(convention, 3 if training else 1, per or "", held, memory)


def _parts(given: str | Iterable[str] | None, default: tuple[str, ...]) -> tuple[str, ...]:
    if given is None:
        return default
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(dict.fromkeys(_chosen("memory_of", part.strip(), MEMORY_PARTS) for part in parts))


def _chosen(what: str, given: str, choices: Iterable[str]) -> str:
    if given in choices:
        return given
    close = near(given, choices)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(choices)}"
    raise _refused(f"{what} takes no {given!r}", hint)


def _bytes(what: str, given: str | int | None, default: int) -> Size:
    if given is None:
        return default
    if isinstance(given, str) and given in BYTES:
        return BYTES[given]
    return _size(what, given, ", ".join(BYTES))


def _size(what: str, given: str | int, names: str = "") -> Size:
    """A whole number of at least 1, or a symbol: a letter, perhaps with an index."""
    text = str(given).strip()
    if re.fullmatch(r"[1-9][0-9]{0,17}", text):
        return int(text)
    if re.fullmatch(r"[A-Za-z](_[A-Za-z0-9]+)?", text):
        return Symbol(text)
    close = near(text, names.split(", ")) if names else None
    also = f", or one of {names}" if names else ""
    hint = f"did you mean {close}?" if close else f"write a whole number of at least 1, or a letter{also}"
    raise _refused(f"{what} cannot be {text!r}", hint)


def _refused(message: str, hint: str) -> ArchitectureError:
    return ArchitectureError("bad-setting", message, hint=hint)
