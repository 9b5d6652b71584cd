"""Builds the shipped networks with the library that has them, without values, and counts its parameters."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from math import prod
from typing import Any

from symcount.catalogue import Model, builders_text
from symcount.errors import ArchitectureError


def built_total(network: Model) -> int:
    """Return the parameters of a network as its library builds it, each tensor once.

    ``network.built`` names a function of torchvision or timm, or a class of transformers. Raises ``not-installed``
    where the library is missing.
    """
    library, _, name = network.built.partition(".")
    try:
        torch, module = import_module("torch"), import_module(library)
    except ModuleNotFoundError as error:
        message = f"building {network.name} needs the package {error.name}, which is not installed"
        raise ArchitectureError("not-installed", message, hint=f"pip install torch {library}") from None
    make = _MAKERS[library](module, name, network)
    try:
        with torch.device("meta"):
            model = make()
    except NotImplementedError:  # what sets values as it is built cannot be built without them
        model = make()
    return sum(parameter.numel() for parameter in model.parameters())


_Make = Callable[[], Any]


def _of_torchvision(module: Any, name: str, network: Model) -> _Make:
    for part in name.split("."):
        module = getattr(module, part)
    return lambda: module(
        weights=None, **({"init_weights": False} if "inception" in name or "googlenet" in name else {})
    )


def _of_timm(module: Any, name: str, network: Model) -> _Make:
    return lambda: module.create_model(name)


def _of_transformers(module: Any, name: str, network: Model) -> _Make:
    builder = _builders()[network.family]
    fields = {field: _value(text, network.bindings) for field, text in builder["fields"].items()}
    fixed = {field: None if value == "" else value for field, value in builder.get("fixed", {}).items()}
    kind = getattr(module, name)
    config = kind.config_class(**_nested(fields | fixed))

    def make() -> Any:
        model = kind(config)
        model.tie_weights()
        return model

    return make


_MAKERS: Mapping[str, Callable[[Any, str, Model], _Make]] = {
    "torchvision": _of_torchvision,
    "timm": _of_timm,
    "transformers": _of_transformers,
}


@cache
def _builders() -> Mapping[str, Any]:
    return tomllib.loads(builders_text())


def _nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a config, with those of a config inside it as one of them."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        part, dot, rest = name.partition(".")
        if dot:
            found.setdefault(part, {})[rest] = value
        else:
            found[name] = value
    return found


def _value(text: str | list[str], bindings: Mapping[str, int | str]) -> Any:
    """A field of a config: a symbol of the family, a multiple of one, or a list of them."""
    if isinstance(text, list):
        return [_value(each, bindings) for each in text]
    return prod(int(bindings.get(factor, factor)) for factor in text.split("*"))
