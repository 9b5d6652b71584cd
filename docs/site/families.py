"""The page of a family of the zoo: its text, its formula, its strip, its derivation, and the networks that it has."""

from __future__ import annotations

from collections.abc import Callable

from symcount import Architecture, ArchitectureError, parse
from symcount.catalogue import Model, family_text, models


def family_page(family: str) -> str:
    """Return the page as Markdown, with mathematics and pictures as HTML."""
    members = [model for model in models() if model.family == family]
    text = family_text(family).strip()
    net = parse(f"zoo:{family}")
    parts = [f"# {family}\n", _block(text), _members(members)]
    formula = _or_why(lambda: _html("formula", net.formula().to("html")))
    parts += ["## Formula\n", "The number of parameters, every symbol left open.\n", formula]
    if members:
        first = parse(f"zoo:{members[0].name}")
        parts += [f"## {members[0].name} as a strip\n", _or_why(lambda: _html("strip", first.draw().to("svg")))]
        parts += [f"## {members[0].name}, worked\n", _or_why(lambda: _html("worked", _worked(first)))]
    return "\n".join(parts)


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


def _members(members: list[Model]) -> str:
    """Each network with its total and source, and a link that opens it in the browser."""
    return "".join(f"- {_member(each)}\n" for each in members)


def _member(model: Model) -> str:
    values = " ".join(f"{name}={value}" for name, value in model.bindings.items())
    place = f'<a href="../playground/index.html#net=zoo:{model.name}">{model.name}</a>'
    counted = "parameters" if model.of == "params" else model.of
    return f"{place}, {model.about}: **{model.total:,}** {counted}, at `{values}`. Source: {model.source}."


def _html(name: str, html: str) -> str:
    """A piece of HTML among Markdown, in which a blank line would end it."""
    return f'<div class="{name}">\n' + "\n".join(line for line in html.splitlines() if line.strip()) + "\n</div>\n"


def _worked(net: Architecture) -> str:
    return net.derive(depth=0).to("html", fragment=True)


def _or_why(written: Callable[[], str]) -> str:
    """What is written, or why it is not."""
    try:
        return written()
    except ArchitectureError as error:
        return f"None: {error.message}.\n"
