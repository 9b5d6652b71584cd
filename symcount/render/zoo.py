"""The answer of `zoo` in a medium: every shipped network beside what was published, or one of them in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symcount.answers.zoo import Built, Entry, entry
from symcount.catalogue import Model, family_text, model, models
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table


def zoo_json(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return shipped networks as data."""
    return [_json(each) for each in found]


def _json(entry: Entry) -> dict[str, Any]:
    model = entry.model
    return {
        "name": model.name,
        "family": model.family,
        "about": model.about,
        "bindings": dict(model.bindings),
        "of": model.of,
        "total": entry.total,
        "published": model.total,
        "agrees": entry.agrees,
        "source": model.source,
    }


def zoo_table(found: Sequence[Entry], medium: str = "text", digits: str | None = None) -> Table:
    """Return a row for each network: name, what it is, family, total, published total, whether they agree, source."""
    columns = (
        Column("name"),
        Column("is", code=True),
        Column("family", leaves=2),
        Column("total", numeric=True),
        Column("published", numeric=True),
        Column("agrees", leaves=1),
        Column("source", leaves=3),
    )
    return Table(columns, tuple(_network_row(each, medium, digits) for each in found))


def models_table(found: Sequence[Model], medium: str = "text") -> Table:
    """Return a row for each network with what was published of it; nothing is counted."""
    kind = medium_named(medium)
    columns = (
        Column("name"),
        Column("is", code=True),
        Column("family", leaves=2),
        Column("published", numeric=True),
        Column("source", leaves=3),
    )
    rows = (
        (each.name, each.about, each.family, f"{each.total:,}{_unless_parameters(each)}", each.source) for each in found
    )
    return Table(columns, tuple(tuple(map(kind.escape, row)) for row in rows))


def _unless_parameters(model: Model) -> str:
    return "" if model.of == "params" else f" ({model.of})"


def _network_row(entry: Entry, medium: str, digits: str | None) -> tuple[str, ...]:
    kind = medium_named(medium)
    return (
        kind.escape(entry.model.name),
        kind.escape(entry.model.about),
        kind.escape(entry.model.family),
        _digits(entry.total, kind, digits),
        _digits(entry.model.total, kind, digits),
        kind.escape(("yes" if entry.agrees else "no") + _unless_parameters(entry.model)),
        kind.escape(entry.model.source),
    )


def _digits(total: int, kind: Medium, digits: str | None) -> str:
    if digits is not None:
        return kind.parted(digits).size(total)
    return str(total) if kind.for_programs else f"{total:,}"


def built_zoo_table(found: Sequence[Built], medium: str = "text", digits: str | None = None) -> Table:
    """Return a row for each network that a library builds: its total, what builds it, and to which total."""
    kind = medium_named(medium)
    columns = (
        Column("name"),
        Column("total", numeric=True),
        Column("built by"),
        Column("built", numeric=True),
        Column("agrees", leaves=1),
    )
    rows = (
        (
            kind.escape(each.model.name),
            _digits(each.model.total, kind, digits),
            kind.escape(each.model.built),
            "" if each.total is None else _digits(each.total, kind, digits),
            kind.escape("not installed" if each.total is None else "yes" if each.agrees else "no"),
        )
        for each in found
    )
    return Table(columns, tuple(rows))


def built_zoo_json(found: Sequence[Built]) -> list[dict[str, Any]]:
    """Return networks beside what libraries build of them, as data."""
    return [
        {"name": each.model.name, "total": each.model.total, "by": each.model.built, "built": each.total,
         "agrees": None if each.total is None else each.agrees}
        for each in found
    ]  # fmt: skip


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
    return {**_json(entry(network)), "text": network.text}


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
