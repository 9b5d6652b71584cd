"""The answer of `zoo` in a medium: every shipped network beside what was published, or one of them in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.architecture import Architecture
from symcount.catalogue import Model, family_text, model, models
from symcount.records import record
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table


@record
class Entry:
    """A shipped network and the total that its text gives."""

    model: Model
    total: int

    @property
    def agrees(self) -> bool:
        """Whether the total is the published one."""
        return self.total == self.model.total

    def json(self) -> dict[str, Any]:
        """Return the entry as data."""
        return {
            "name": self.model.name,
            "family": self.model.family,
            "about": self.model.about,
            "bindings": dict(self.model.bindings),
            "of": self.model.of,
            "total": self.total,
            "published": self.model.total,
            "agrees": self.agrees,
            "source": self.model.source,
        }


def entry(model: Model) -> Entry:
    """Return a shipped network with its total, counted now."""
    return Entry(model, Architecture(model.text, model.bindings).of(model.of))


def entries() -> list[Entry]:
    """Return every shipped network with its total."""
    return [entry(each) for each in models()]


def zoo_table(found: list[Entry], medium: str = "text") -> Table:
    """Return a row for each network: name, what it is, family, total, published total, whether they agree, source."""
    columns = (
        *map(Column, ("name", "is", "family")),
        Column("total", numeric=True),
        Column("published", numeric=True),
        *map(Column, ("agrees", "source")),
    )
    return Table(columns, tuple(_row(each, medium) for each in found))


def _row(entry: Entry, medium: str) -> tuple[str, ...]:
    kind = medium_named(medium)
    counted = "" if entry.model.of == "params" else f" ({entry.model.of})"
    return (
        kind.escape(entry.model.name),
        kind.escape(entry.model.about),
        kind.escape(entry.model.family),
        _digits(entry.total, kind),
        _digits(entry.model.total, kind),
        kind.escape(("yes" if entry.agrees else "no") + counted),
        kind.escape(entry.model.source),
    )


def _digits(total: int, kind: Medium) -> str:
    return str(total) if kind.for_programs else f"{total:,}"


def entry_text(name: str) -> str:
    """Return all that there is to say of one network, or of one family, as plain text."""
    network = model(name)
    if network is None:
        text = family_text(name)
        return "\n".join((*_family_lines(name), "", text.rstrip()))
    return "\n".join(_model_lines(entry(network)))


def entry_json(name: str) -> dict[str, Any]:
    """Return one network, or one family, as data."""
    network = model(name)
    if network is None:
        return {"family": name, "networks": _networks_of(name), "text": family_text(name)}
    return {**entry(network).json(), "text": network.text}


def _model_lines(entry: Entry) -> Iterator[str]:
    values = " ".join(f"{name}={value}" for name, value in entry.model.bindings.items())
    agreement = "" if entry.agrees else f", but the text gives {entry.total:,}"
    yield f"zoo:{entry.model.name}: {entry.model.about}"
    yield f"zoo:{entry.model.family} with {values}"
    yield f"published: {entry.model.total:,} {entry.model.of}{agreement}"
    yield f"source: {entry.model.source}"
    yield ""
    yield entry.model.text.rstrip()


def _family_lines(family: str) -> Iterator[str]:
    yield f"zoo:{family}, a family"
    yield f"networks: {', '.join(_networks_of(family))}"


def _networks_of(family: str) -> list[str]:
    return [each.name for each in models() if each.family == family]
