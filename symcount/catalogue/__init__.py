"""The shipped architectures: families with their symbols open, and the published networks that bind them.

A family is one `.arch` file; ``index.toml`` holds, for each network, its family, the values of the
family's symbols, the published total and its source. Nothing is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from symcount.errors import ArchitectureError, near
from symcount.records import record

_ROOM = Path(__file__).parent

Value = int | str
"""What a symbol is bound to: a number, or an expression."""


@record
class Model:
    """A published network: its family, the values of the family's symbols, and what was published of it.

    ``of`` is the quantity that ``total`` counts, ``about`` says what the network is.
    """

    name: str
    family: str
    bindings: Mapping[str, Value]
    total: int
    source: str
    about: str
    of: str = "params"

    @property
    def text(self) -> str:
        """The text of its family."""
        return family_text(self.family)


def models() -> Iterator[Model]:
    """Yield every published network, in the order of the index."""
    import tomllib

    return (_model(name, entry) for name, entry in tomllib.loads(_index()).items())


def model(name: str) -> Model | None:
    """Return the published network of this name, None where there is none.

    Its own table of the index alone is parsed: the whole would cost a quarter of the time of a count.

    >>> model("resnet50").total
    25557032
    """
    import tomllib

    heading = f'["{name}"]\n' if "." in name else f"[{name}]\n"
    _, found, behind = f"\n{_index()}".partition(f"\n{heading}")
    if not found or not name.isprintable():
        return None
    return _model(name, tomllib.loads(heading + behind.partition("\n[")[0])[name])


def _model(name: str, entry: Mapping[str, Any]) -> Model:
    return Model(name, bindings=entry["bind"], **{key: value for key, value in entry.items() if key != "bind"})


def families() -> list[str]:
    """Return the name of every family."""
    return sorted(path.stem for path in _ROOM.glob("*.arch"))


def family_text(family: str) -> str:
    """Return the text of a family, comments included."""
    if family not in families():
        raise unknown(family)
    return (_ROOM / f"{family}.arch").read_text(encoding="utf-8")


def network_text(name: str) -> tuple[str, Mapping[str, Value]]:
    """Return the text that a name stands for, and its bindings: a network's, else none for a whole family."""
    network = model(name)
    return (family_text(name), {}) if network is None else (network.text, network.bindings)


def unknown(name: str) -> ArchitectureError:
    """Return the error for a name that is no network's and no family's."""
    close = near(name, [*(each.name for each in models()), *families()])
    hint = f"did you mean {close}?" if close else "symcount zoo lists every network"
    return ArchitectureError("unknown-model", f"the zoo has no {name!r}", hint=hint)


@cache
def _index() -> str:
    return (_ROOM / "index.toml").read_text(encoding="utf-8")
