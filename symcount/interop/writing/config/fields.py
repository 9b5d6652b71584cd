"""The fields of a config, of the values of a family's letters and the form in which it has the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symcount.interop.reading.huggingface.config import Traits
from symcount.interop.writing.config.variants import ARCHITECTURES, Said, equal_to

_LABELS = "o"
"""The letter for how many classes a classifier has."""


def config_of(name: str, traits: Traits, form: Said, letters: Mapping[str, int], fields: Mapping[str, str]) -> Any:
    """Return the config of a type, as JSON has it; ``fields`` are those that the letters stand for."""
    known: dict[str, Any] = {field: value for field, value in form.items() if field != ARCHITECTURES}
    known |= {fields[letter]: value for letter, value in letters.items() if letter in fields}
    bound = {fields[letter] for letter in letters if letter in fields}
    for field, other in equal_to(traits).items():
        if field not in bound and form.get(field) == traits["defaults"][other]:
            known[field] = known[other]
    _add_factors(known, traits)
    for field, value in traits.get("besides", {}).items():
        known[field] = _worked_out(value, known)
    if _LABELS in letters:
        known["num_labels"] = letters[_LABELS]
    computed = traits.get("computed", ())
    said: dict[str, Any] = {"model_type": name, ARCHITECTURES: [f"{traits['prefix']}{form[ARCHITECTURES]}"]}
    for field, value in sorted(known.items()):
        if field not in computed:
            _put(said, _own_name(field, traits), value)
    return dict(sorted(said.items()))


def _put(said: dict[str, Any], field: str, value: Any) -> None:
    """Say a field, which may stand in a config inside; a number at its end is the place in a list, in their order."""
    part, dot, rest = field.partition(".")
    if rest.isdecimal():
        said.setdefault(part, []).append(value)
    elif dot:
        _put(said.setdefault(part, {}), rest, value)
    else:
        said[part] = value


def _own_name(field: str, traits: Traits) -> str:
    return next(iter(traits.get("names", {}).get(field, ())), field)


def _add_factors(known: dict[str, Any], traits: Traits) -> None:
    """Say what a size is the product of, where one factor is a field that is not known yet."""
    for field, rule in traits.get("derived", {}).items():
        factors = rule.split("*")
        missing = [each for each in factors if not each.isdecimal() and each not in known]
        if field not in known or len(missing) != 1 or not all(map(str.isidentifier, missing)):
            continue
        product = 1
        for each in factors:
            product *= int(each) if each.isdecimal() else known.get(each, 1)
        if known[field] % product == 0:
            known[missing[0]] = known[field] // product


def _worked_out(value: Any, known: Mapping[str, Any]) -> Any:
    """What is said besides: itself, with a product or quotient of fields for each text that begins with $."""
    if isinstance(value, list):
        return [_worked_out(each, known) for each in value]
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    found = Fraction(1)
    for sign, factor in re.findall(r"([*/$])(\w+)", value):
        size = int(factor) if factor.isdecimal() else known[factor]
        found = found / size if sign == "/" else found * size
    return int(found)
