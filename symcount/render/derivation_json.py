"""A derivation as data: every step with its rule, its values and its result. Numbers stay numbers."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name, by_value
from symcount.arithmetic.notation import PYTHON, TEXT
from symcount.derivation import Case, Derivation, Equation, Worked
from symcount.render.exact import exact
from symcount.render.naming import notation_for
from symcount.render.stated import rests_on_json

Answer = dict[str, Any]


def derivation_json(derivation: Derivation) -> Answer:
    """Return a derivation as JSON has it; a symbolic result is a string in Python's syntax."""
    return _Writing(derivation).answer()


class _Writing:
    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.text, self.python = (notation_for(derivation.general, each) for each in (TEXT, PYTHON))

    def answer(self) -> Answer:
        derivation = self.derivation
        count, general = derivation.count, derivation.general
        answer: Answer = {
            "architecture": general.text,
            "bindings": {name: self.size(size) for name, size in count.values.items()},
            "symbols": list(general.trace.symbols),
            "of": derivation.quantity.name if derivation.quantity else "output",
            "convention": count.setting.convention.name,
            "input": self.sizes(general.trace.input.sizes),
            "layers": [self.layer(layer) for layer in derivation.layers],
        }
        if derivation.total is not None:
            addends = derivation.addends
            answer["total"] = {
                "terms": [{"layer": each.name, "result": self.size(each.steps[-1].result)} for each in addends],
                "result": self.size(derivation.total),
                "where": {each.what: self.size(each.result) for each in derivation.where},
            }
        if general.is_open:
            answer |= rests_on_json(derivation.domain, derivation.general.assumed)
        if derivation.case is not None:
            answer["case"] = self.case(derivation.case)
        return {**answer, "notes": list(derivation.notes)}

    def layer(self, layer: Worked) -> Answer:
        return {
            "index": layer.index,
            "name": layer.name,
            **({"label": layer.label} if layer.label else {}),
            "kind": layer.kind,
            "text": layer.text,
            "output": self.sizes(layer.output),
            "steps": [self.step(step, dict(self.derivation.letters)) for step in layer.steps],
            "reason": str(layer.reason),
            **self.inside(layer),
        }

    def inside(self, block: Worked) -> Answer:
        """What a block holds, and how many times that happens."""
        inside = [self.layer(each) for each in block.inside]
        return {"times": self.size(block.times), "layers": inside} if inside else {}

    def step(self, step: Equation, letters: dict[str, str]) -> Answer:
        return {
            "what": step.what,
            **({"name": self.text.name(step.name.name)} if step.name is not None else {}),
            **({"letter": letters.get(step.letter, step.letter)} if step.letter else {}),
            "rule": by_name(step.rule, self.text, letters),
            "values": by_value(step.rule, self.text),
            "result": self.size(step.result),
            **({"how": str(step.how)} if step.how else {}),
        }

    def case(self, case: Case) -> Answer:
        return {
            "given": {each.name: self.size(each.value) for each in case.given},
            "steps": [self.step(each, {}) for each in (*case.sizes, case.total) if each is not None],
            **({"output": self.sizes(case.output)} if case.total is None else {"result": self.size(case.total.result)}),
        }

    def sizes(self, sizes: tuple[Size, ...]) -> list[int | str]:
        return [self.size(size) for size in sizes]

    def size(self, size: Size) -> int | str:
        return exact(size, self.python)
