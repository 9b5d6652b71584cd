"""The shipped architectures: families with their symbols open, and the published networks that bind them.

A family is one `.arch` file; ``index.toml`` holds, for each network, its family, the values of the
family's symbols, the published total and its source. Nothing is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
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

    ``of`` is the quantity that ``total`` counts, ``about`` says what the network is, and ``built`` by what a
    library builds it, where one does.
    """

    name: str
    family: str
    bindings: Mapping[str, Value]
    total: int
    source: str
    about: str
    of: str = "params"
    built: str = ""

    @property
    def text(self) -> str:
        """The text of its family."""
        return family_text(self.family)


@cache
def models() -> tuple[Model, ...]:
    """Return every published network, in the order of the index."""
    import tomllib

    return tuple(_model(name, entry) for name, entry in tomllib.loads(_index()).items())


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


def builders_text() -> str:
    """Return how a library is asked for the networks of each family, as TOML."""
    return (_ROOM / "builders.toml").read_text(encoding="utf-8")


def network_text(name: str) -> tuple[str, Mapping[str, Value]]:
    """Return the text that a name stands for, and its bindings: a network's, else none for a whole family."""
    network = model(name)
    return (family_text(name), {}) if network is None else (network.text, network.bindings)


def unknown(name: str) -> ArchitectureError:
    """Return the error for a name that neither a network nor a family has."""
    return ArchitectureError("unknown-model", f"the zoo has no {name!r}", hint=_hint(name))


def _hint(name: str) -> str:
    spelled = spelled_like(name)
    if spelled is not None:
        return f"did you mean {spelled}?"
    found = containing(name)
    if found:
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        return f"it has {', '.join(found[:_MOST_NAMED])}{more}"
    close = nearest(name)
    return f"did you mean {close}?" if close else "symcount zoo lists every network"


_MOST_NAMED = 8


def spelled_like(name: str) -> str | None:
    """Return the network or family of this name, however its words are joined and its letters written.

    >>> spelled_like("ResNet-50"), spelled_like("resnet")
    ('resnet50', None)
    """
    plain = _plain(name)
    return next((each for each in _names() if _plain(each) == plain), None)


def containing(name: str) -> list[str]:
    """Return the networks in whose name this one stands, those that begin with it first.

    >>> containing("wrn")
    ['wrn-16-10', 'wrn-28-10', 'wrn-40-8']
    """
    part = _plain(name)
    found = [each.name for each in models() if part and part in _plain(each.name)]
    return sorted(found, key=lambda each: not _plain(each).startswith(part))


def nearest(name: str) -> str | None:
    """Return the network or family whose name is spelled most like this one, if any is."""
    return near(name, _names())


def _names() -> list[str]:
    return [*(each.name for each in models()), *families()]


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


@cache
def _index() -> str:
    return (_ROOM / "index.toml").read_text(encoding="utf-8")
