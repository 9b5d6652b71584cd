"""Exams in process: what explains an answer, an exam for a class as PDF, and how much of both is right.

``python -m tests.benchmarks.exams`` makes 10,000 variants of the bank and 10,000 answers of the catalogue, and holds
every key to the closed form and every answer to the mistakes that made it.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice
from time import process_time

import symcount as sc
from symcount.algebra import evaluate
from symcount.counts import counted
from symcount.exam.bank import bank
from symcount.exam.explain import Mistaken
from symcount.exam.paper import paper
from symcount.exam.questions import read_exam
from symcount.exam.variant import Variant
from symcount.exam.variants import sheet, variant
from symcount.quantities import quantity_named
from symcount.render.pdf import pdf
from tests.benchmarks.measure import Figure, times
from tests.test_mistakes import NETWORKS, explains

_SIX = "I(3,32x32)-C(6,5)-P2-C(16,5)-P2-H120-O10"
_TEN = ("filters", "lenet", "shape-stride", "which-padding", "field-strided", "macs-convolution", "recurrent",
        "attention", "normalised", "memory-float32")  # fmt: skip
_STUDENTS = 30
_MORE = (
    (_SIX, "params"), (_SIX, "macs"), ("I(3,64x64)-C(16,5,s=2,p=2)-C(32,3,g=4)-P(3,s=2)-C(64,3)-H100-O10", "params"),
    ("I(3,64x64)-C(16,5,s=2,p=2)-C(32,3,d=2)-P(3,s=2)-C(64,3)-T(32,2,s=2)", "output"),
)  # fmt: skip


def figures(rounds: int) -> list[Figure]:
    """Measure what explains an answer to VGG-16 and to six layers, and thirty exams of ten questions as PDF."""
    params = quantity_named("params")
    vgg, six = times(
        [
            lambda: Mistaken(counted("zoo:vgg16", {}), params).diagnosis((138344128,)),
            lambda: Mistaken(counted(_SIX, {}), params).diagnosis((1,)),
        ],
        max(1, rounds // 5),
    )
    exam = read_exam("\n".join(f'[[question]]\nbank = "{name}"' for name in _TEN))

    def printed() -> bytes:
        sheets = [sheet(exam, student) for student in range(_STUDENTS)]
        return pdf(paper(exam, sheets, "typst", "all"))

    (whole,) = times([printed], 1)
    return [
        Figure("explain an answer to VGG-16's total", vgg, 1, "s"),
        Figure("the catalogue and its pairs on six layers", six, 0.3, "s"),
        Figure("30 students, 10 questions, with solutions, as PDF", whole, 20, "s"),
    ]


def checked_variants(number: int) -> tuple[int, int]:
    """Return how many variants were made, and how many are wrong by the closed form or have equal options."""
    entries = "\n".join(f'[[question]]\nbank = "{name}"' for name in bank())
    exam = read_exam(f'title = "bank"\n{entries}')
    made = wrong = 0
    for student in range(-(-number // len(exam.questions))):
        for question in exam.questions:
            made += 1
            wrong += not _is_right(variant(exam, question, student))
    return made, wrong


def _is_right(each: Variant) -> bool:
    question, values = each.question, dict(each.values)
    if len({option.shown for option in each.options}) != len(each.options):
        return False
    if question.form == "formula":
        expression, point = sc.parse(each.line).of(question.ask), {"c": 3, "n": 30, "f": 5, "d": 7}
        return bool(eval(each.key.plain.replace("^", "**"), {}, point) == evaluate(expression, point))
    right = _closed(question.architecture, each)
    if question.form == "difference":
        right = (right[0] - _closed(question.other, each)[0],)
    return each.key.answer == ((values[question.solve],) if question.form == "value" else right)


def _closed(line: str, each: Variant) -> tuple[int, ...]:
    found = sc.Architecture(line, exact=each.question.exact).of(each.question.ask, each.question.at)
    sizes = found if isinstance(found, tuple) else (found,)
    return tuple(size if isinstance(size, int) else evaluate(size, dict(each.values)) for size in sizes)


def explained_answers(number: int) -> tuple[int, Counter[str]]:
    """Return how many answers of the catalogue were explained, and those whose mistakes were not among the told."""
    draw = random.Random(0)
    missed: Counter[str] = Counter()
    done = 0
    every = [(line, Mistaken(counted(line, {}), quantity_named(of))) for line, of in (*NETWORKS, *_MORE)]
    made = sorted(((line, each, [*each.singles, *each.pairs]) for line, each in every), key=lambda found: len(found[2]))
    # networks with few answers first, so that those with many make up for them
    for left, (line, mistaken, answers) in zip(range(len(made), 0, -1), made, strict=True):
        for each in islice(draw.sample(answers, len(answers)), -(-(number - done) // left)):
            done += 1
            found = mistaken.diagnosis(each.answer)
            if each.answer != mistaken.right and not explains(found.explanations, each.made):
                missed[line] += 1
    return done, missed


def main() -> None:
    """Check ten thousand variants and ten thousand answers."""
    start = process_time()
    made, wrong = checked_variants(10_000)
    print(f"{made:,} variants, {wrong} wrong, {process_time() - start:.0f} s")
    start = process_time()
    done, missed = explained_answers(10_000)
    print(f"{done:,} answers, {sum(missed.values())} not explained, {process_time() - start:.0f} s {dict(missed)}")


if __name__ == "__main__":
    main()
