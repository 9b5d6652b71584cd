"""The answer of `prove` in a medium: the verdict, why, and where it is not so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.algebra import Reason
from symcount.answers.prove import Proved
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import PYTHON, told_apart
from symcount.errors import visible
from symcount.records import replace
from symcount.render.media import medium_named
from symcount.render.medium import Medium

_ORDINALS = ("first", "second")
_VERDICTS = {True: "equal", False: "different", None: "undecided"}
_TRUTHS = {True: "true", False: "false", None: "undecided"}


def prove_text(proof: Proved, medium: str = "text", digits: str | None = None) -> str:
    """Return the verdict and its reason, a sentence a line."""
    kind = medium_named(medium).parted(digits)
    names = {name for name, _ in proof.point} | {name for each in proof.assumed for name in each.symbols}
    kind = replace(kind, notation=told_apart(kind.notation, sorted(names)))
    return kind.between.join(_lines(proof, kind))


def prove_json(proof: Proved) -> dict[str, Any]:
    """Return the verdict as data: numbers are ints, formulas strings in Python's syntax."""
    common = proof.agreement
    words = _TRUTHS if proof.claim else _VERDICTS
    return {
        "verdict": words[proof.verdict],
        "networks": list(proof.networks),
        "of": proof.quantity.name,
        "claim": proof.claim or None,
        "assumptions": [each.text(PYTHON) for each in proof.assumed],
        "reasons": [_reason_json(each) for each in proof.reasons],
        "formula": None if common is None else by_name(common.total, PYTHON),
        "where": {} if common is None else {each.name: by_name(each.value, PYTHON) for each in common.letters},
        "counterexample": dict(proof.point) if proof.verdict is False else None,
        "smallest": proof.smallest if proof.verdict is False else None,
        "values": [list(value) if isinstance(value, tuple) else value for _, value in proof.values],
        "holds_where": [each.text(PYTHON) for each in proof.where],
        "needs": [{"network": place + 1, "needs": each.text(PYTHON)} for place, each in proof.alone],
        "axes": list(proof.axes),
        "tried": proof.tried,
        "convention": proof.convention,
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    found: dict[str, Any] = {"by": reason.kind}
    if reason.moduli:
        found["moduli"] = dict(reason.moduli)
    if reason.ends:
        found["at"] = dict(reason.ends)
    if reason.count:
        found["points"] = reason.count
    return found


def _lines(proof: Proved, kind: Medium) -> Iterator[str]:
    yield from _claim_lines(proof, kind) if proof.claim else _pair_lines(proof, kind)
    if proof.verdict is False:
        yield _where_false(proof, kind)
    if proof.where:
        what = "true" if proof.claim else "equal"
        yield kind.escape(f"{what} where ") + _listed([each.text(kind.notation) for each in proof.where], kind)
    for place, each in proof.alone:
        yield kind.escape(f"only the {_ORDINALS[place]} needs ") + kind.maths(each.text(kind.notation))
    for assumed in proof.assumed:
        yield kind.escape("assuming ") + kind.maths(assumed.text(kind.notation))
    yield kind.escape(f"convention: {proof.convention}")


def _pair_lines(proof: Proved, kind: Medium) -> Iterator[str]:
    what = proof.quantity.words
    match proof.verdict:
        case True:
            yield kind.escape(f"equal: {what}, for all sizes that both networks admit")
        case False:
            yield kind.escape(f"different: {what}")
        case _:
            yield kind.escape(f"undecided: {what}")
    for ordinal, name in zip(_ORDINALS, proof.networks, strict=True):
        yield kind.escape(f"{ordinal}: ") + kind.code.format(kind.escape(visible(name)))
    if proof.axes:
        told = (_axes(number, ordinal) for ordinal, number in zip(_ORDINALS, proof.axes, strict=True))
        yield kind.escape(f"the inputs differ in their axes: {', '.join(told)}")
    common = proof.agreement
    if common is not None:
        yield kind.escape("both are ") + kind.maths(by_name(common.total, kind.notation))
        for letter in common.letters:
            value = by_name(letter.value, kind.notation)
            yield kind.escape("where ") + kind.maths(
                kind.notation.equals.format(kind.notation.name(letter.name), value)
            )
    yield from _reasons(proof, kind)


def _axes(number: int, ordinal: str) -> str:
    return f"the {ordinal} has {number or 'none'}"


def _claim_lines(proof: Proved, kind: Medium) -> Iterator[str]:
    told = {True: "true for all sizes that the network admits", False: "false", None: "undecided"}
    yield kind.escape(f"{told[proof.verdict]}: ") + kind.code.format(kind.escape(visible(proof.claim)))
    yield kind.escape("of ") + kind.code.format(kind.escape(visible(proof.networks[0])))
    yield from _reasons(proof, kind)


def _reasons(proof: Proved, kind: Medium) -> Iterator[str]:
    if proof.verdict is None:
        yield kind.escape(
            f"tried: normal forms, remainders, signs and ends, which do not settle it, and {proof.tried:,} sizes, the "
            "smallest first, and larger ones, at none of which it is false"
        )
        return
    for reason in proof.reasons:
        yield kind.escape("because ") + _because(reason, proof, kind)


def _because(reason: Reason, proof: Proved, kind: Medium) -> str:
    match reason.kind:
        case "form" | "assumed":
            return _same_form(reason, proof, kind)
        case "remainders":
            by = [f"{name}" for name, _ in reason.moduli]
            number = max(modulus for _, modulus in reason.moduli)
            sides = "both sides" if proof.claim else "both"
            return kind.escape(f"for each remainder of {' and '.join(by)} by {number} {sides} are the same polynomial")
        case "classes":
            number = max(modulus for _, modulus in reason.moduli)
            names = " and ".join(name for name, _ in reason.moduli)
            return kind.escape(f"for each remainder of {names} by {number} no term of the difference is negative")
        case "ends":
            return _at_ends(reason, proof, kind)
        case "sign":
            return kind.escape(
                "no term of the difference is negative once each symbol is written as its least value and more"
            )
        case _:
            return kind.escape(f"it is so at each of the {reason.count:,} sizes that are admitted")


def _same_form(reason: Reason, proof: Proved, kind: Medium) -> str:
    with_it = ", with what is assumed put in" if reason.kind == "assumed" else ""
    common = proof.agreement
    if common is None or not common.layers:
        sides = "both sides are the same, multiplied out" if proof.claim else "both have one normal form"
        return kind.escape(f"{sides}{with_it}")
    told = "each layer of the one has a layer of the other with the same amount"
    if common.letters:
        names = [kind.notation.name(each.name) for each in common.letters]
        places = sorted({first if first == second else f"{first} and {second}" for first, second in common.floors})
        rest = kind.escape(f" at {', '.join(places)}; every other term is the same{with_it}")
        return kind.escape("both have ") + _listed(names, kind) + rest
    return kind.escape(told + with_it)


def _at_ends(reason: Reason, proof: Proved, kind: Medium) -> str:
    at = _point(reason.ends, kind)
    if len(proof.values) != 1:
        return kind.escape("the difference of the sides is least at ") + at + kind.escape(", and holds there")
    ((name, value),) = proof.values
    return kind.escape(f"{name} is {proof.extreme} at ") + at + kind.escape(": ") + _number(value, kind)


def _where_false(proof: Proved, kind: Medium) -> str:
    values = [
        _number(value, kind) + kind.escape(f" in the {ordinal}" if not proof.claim else f" {name}")
        for ordinal, (name, value) in zip((*_ORDINALS, *[""] * len(proof.values)), proof.values, strict=False)
    ]
    told = kind.escape(", ").join(values)
    if not proof.point:
        return told
    size = ", the smallest such sizes" if proof.smallest else ""
    return kind.escape("at ") + _point(proof.point, kind) + kind.escape(f"{size}: " if told else size) + told


def _point(point: tuple[tuple[str, int], ...], kind: Medium) -> str:
    notation = kind.notation
    shown = (notation.equals.format(notation.name(name), notation.integer(value)) for name, value in sorted(point))
    return kind.escape(", ").join(map(kind.maths, shown))


def _number(value: int | tuple[int, ...], kind: Medium) -> str:
    return kind.shape(value) if isinstance(value, tuple) else kind.size(value)


def _listed(pieces: list[str], kind: Medium) -> str:
    *before, last = map(kind.maths, pieces)
    return kind.escape(", ").join(before) + kind.escape(" and ") * bool(before) + last
