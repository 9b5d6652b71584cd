"""What explains an answer, told in sentences and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symcount.arithmetic import Size, by_value
from symcount.exam.answers import shown_answer
from symcount.exam.explanation import Diagnosis, Explanation
from symcount.exam.following import Followed, Source
from symcount.exam.formulas import POINTS, FormulaDiagnosis
from symcount.exam.mistakes import Mistake, spoiled_by
from symcount.exam.spoiled import IMPOSSIBLE, Answer, Counted, Made
from symcount.exam.variant import Option
from symcount.exam.wording import ENGLISH, wording
from symcount.layers import lettered, lettered_output
from symcount.render.media import page_named

MOST_TOLD = 12
"""The most explanations of one answer that are told; how many more there are is said."""

_MOST_ADDED = 8
"""The most layers whose amounts are written as a sum."""


def sentence(mistake: Mistake, language: str = ENGLISH) -> str:
    """Return what is said of a mistake in a language.

    >>> from symcount.exam.mistakes import MISTAKES
    >>> sentence(MISTAKES[0]), sentence(MISTAKES[0], "de")
    ('the biases are left out', 'die Bias-Werte fehlen')
    """
    return mistake.feedback if language == ENGLISH else wording(language)["mistakes"][mistake.name]


def feedback(made: Made, language: str = ENGLISH) -> str:
    """Return the sentence for a mistake, with the layer where it was made."""
    said = sentence(made.mistake, language)
    return said if made.at is None else wording(language)["marks"]["at"].format(layer=made.at.name, mistake=said)


def reasons(explanation: Explanation, language: str = ENGLISH) -> str:
    """Return what is said of an explanation: the sentences of its mistakes."""
    return wording(language)["marks"]["and"].join(feedback(each, language) for each in explanation.made)


def reason(option: Option, language: str) -> str:
    """Return what is said of an option that mistakes give; nothing of others."""
    return wording(language)["marks"]["and"].join(feedback(each, language) for each in option.made)


def source(carried: Source, language: str = ENGLISH) -> str:
    """Return from what an answer follows."""
    return wording(language)["marks"][f"from-{carried.kind}"].format(layer=carried.layer)


def told(diagnosis: Diagnosis, words: str) -> Iterator[str]:
    """Yield the lines that explain an answer to what the words say, each explanation on a line of its own."""
    answer, right = shown_answer(diagnosis.answer), shown_answer(diagnosis.right)
    if diagnosis.is_right:
        yield f"{answer} is right."
        return
    if not diagnosis.explanations:
        yield f"{answer} is not right: {words} {right}. No mistake that is known gives it."
        yield from _nearest(diagnosis)
        return
    for each in diagnosis.explanations[:MOST_TOLD]:
        worked = working(each)
        shown = f"{answer} = {worked}" if worked else answer
        yield f"{shown}: {reasons(each)} (right: {right})"
    more = len(diagnosis.explanations) - MOST_TOLD
    if more > 0:
        yield f"and {more} more pairs of mistakes, less likely"


def told_of_formula(diagnosis: FormulaDiagnosis, words: str) -> Iterator[str]:
    """Yield the lines that explain a formula."""
    if diagnosis.is_right:
        yield f"{diagnosis.answer} is right."
    elif not diagnosis.explanations:
        yield f"{diagnosis.answer} is not right: {words} {diagnosis.right}. No mistake that is known gives it."
    for each in diagnosis.explanations[:MOST_TOLD]:
        said = wording(ENGLISH)["marks"]["and"].join(map(feedback, each.made))
        tried = "" if each.is_proved else f", at the {POINTS} sets of sizes that were tried"
        yield f"{diagnosis.answer}: {said}{tried} (right: {diagnosis.right})"


def _nearest(diagnosis: Diagnosis) -> Iterator[str]:
    if diagnosis.nearest:
        yield "The nearest that are known:"
        for each in diagnosis.nearest:
            yield f"  {shown_answer(each.answer)}: {reasons(each)}"


def told_of_layers(followed: list[tuple[str, str, Followed]]) -> Iterator[str]:
    """Yield the lines on answers to several layers, each with its name and the words for what is asked."""
    for name, words, each in followed:
        if each.carried:
            yield f"{name}: {shown_answer(each.diagnosis.answer)} follows from {source(each.carried)}: consistent"
        else:
            yield from (f"{name}: {line}" for line in told(each.diagnosis, words))


def working(explanation: Explanation) -> str:
    """Return the wrong calculation: the rule of one layer by value, or the sum of the layers; nothing for a shape."""
    spoiled = [(each, amount) for each in explanation.layers if (amount := _amount(each, explanation)) != 0]
    if len(spoiled) == 1:
        return _rule(spoiled[0][0], explanation)
    if not spoiled or len(spoiled) > _MOST_ADDED or any(amount is None for _, amount in spoiled):
        return ""
    return " + ".join(f"{amount:,}" for _, amount in spoiled)


def _mistakes(each: Counted, explanation: Explanation) -> list[Any]:
    step = each.step
    return [
        made.mistake
        for made in explanation.made
        if made.mistake.amount is not None and made.is_made(step.call, step.layer)
    ]


def _amount(each: Counted, explanation: Explanation) -> int | None:
    return each.amount(*_mistakes(each, explanation))


def _rule(each: Counted, explanation: Explanation) -> str:
    rule = spoiled_by(_mistakes(each, explanation), each.rule)
    step = each.step
    try:
        layer, x = lettered(step.layer, step.input)
        found: Size = rule(layer, x, lettered_output(layer, x, step.output))
    except IMPOSSIBLE:
        return ""
    written = by_value(found, page_named("text").medium.notation)
    return "" if written == str(explanation.answer[0]) or each.times != 1 else written


def diagnosis_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return what explains an answer as data."""
    return {
        "answer": _plain(diagnosis.answer),
        "right": _plain(diagnosis.right),
        "is_right": diagnosis.is_right,
        "explanations": [_json(each) for each in diagnosis.explanations],
        "nearest": [_json(each) for each in diagnosis.nearest],
    }


def formula_json(diagnosis: FormulaDiagnosis) -> dict[str, Any]:
    """Return what explains a formula as data."""
    return {
        "answer": diagnosis.answer,
        "right": diagnosis.right,
        "is_right": diagnosis.is_right,
        "explanations": [
            {"mistakes": _mistakes_json(each.made), "proved": each.is_proved} for each in diagnosis.explanations
        ],
    }


def _mistakes_json(made: Iterable[Made]) -> list[dict[str, Any]]:
    return [
        {"name": each.mistake.name, "at": each.at.name if each.at else None, "feedback": each.mistake.feedback}
        for each in made
    ]


def _json(explanation: Explanation) -> dict[str, Any]:
    mistakes = _mistakes_json(explanation.made)
    return {"mistakes": mistakes, "answer": _plain(explanation.answer), "working": working(explanation) or None}


def _plain(answer: Answer) -> int | list[int]:
    return answer[0] if len(answer) == 1 else [*answer]
