"""A derivation as data: every step with its rule, its values and its result. Numbers stay numbers."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Ratio, Size, Symbol, all_parts, by_name, by_value, substitute
from symcount.arithmetic.notation import PYTHON
from symcount.derivation import Case, Derivation, Equation, Worked

Answer = dict[str, Any]


def derivation_json(derivation: Derivation) -> Answer:
    """Return a derivation as JSON has it; a symbolic result is a string in Python's syntax."""
    count, general = derivation.count, derivation.general
    answer: Answer = {
        "architecture": general.text,
        "bindings": {name: _plain(size) for name, size in count.values.items()},
        "symbols": list(general.trace.symbols),
        "of": derivation.quantity.name if derivation.quantity else "output",
        "convention": count.setting.convention.name,
        "input": _sizes(general.trace.input.sizes),
        "layers": [_layer(layer, derivation) for layer in derivation.layers],
    }
    if derivation.total is not None:
        answer["total"] = {
            "terms": [{"layer": each.name, "result": _plain(each.steps[-1].result)} for each in derivation.addends],
            "result": _plain(derivation.total),
            "where": {each.what: _plain(each.result) for each in derivation.where},
        }
    if general.is_open:
        domain = derivation.domain
        answer["conditions"] = [each.text(PYTHON) for each in domain.conditions]
        answer["assumptions"] = [each.text(PYTHON) for each in domain.assumptions]
    if derivation.case is not None:
        answer["case"] = _case(derivation.case)
    return {**answer, "notes": list(derivation.notes)}


def _layer(layer: Worked, derivation: Derivation) -> Answer:
    return {
        "index": layer.index,
        "name": layer.name,
        **({"label": layer.label} if layer.label else {}),
        "kind": layer.kind,
        "text": layer.text,
        "output": _sizes(layer.output),
        "steps": [_step(step, derivation) for step in layer.steps],
        "reason": str(layer.reason),
        **_inside(layer, derivation),
    }


def _inside(block: Worked, derivation: Derivation) -> Answer:
    """What a block holds, and how many times that happens."""
    inside = [_layer(each, derivation) for each in block.inside]
    return {"times": _plain(block.times), "layers": inside} if inside else {}


def _step(step: Equation, derivation: Derivation | None = None) -> Answer:
    letters = dict(derivation.letters) if derivation else {}
    return {
        "what": step.what,
        **({"name": step.name.name} if step.name is not None else {}),
        "rule": by_name(step.rule, letters=letters),
        "values": by_value(step.rule),
        "result": _plain(step.result),
        **({"how": str(step.how)} if step.how else {}),
    }


def _case(case: Case) -> Answer:
    return {
        "given": {each.name: _plain(each.value) for each in case.given},
        "steps": [_step(each) for each in (*case.sizes, case.total)],
        "result": _plain(case.total.result),
    }


def _sizes(sizes: tuple[Size, ...]) -> list[int | str]:
    return [_plain(size) for size in sizes]


def _plain(size: Size) -> int | str:
    """A number, or Python's syntax: exact, also where only a sum of fractions is whole."""
    if isinstance(size, int):
        return size
    if not any(isinstance(part, Ratio) for part in all_parts(size)):
        return by_name(size, PYTHON)
    from symcount.algebra import closed_form

    return closed_form([substitute(size, lambda letter: Symbol(letter.name))]).to_python()
