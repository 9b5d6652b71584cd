r"""Exams: questions and their variants, the mistakes that students make, and the platforms that take a quiz.

>>> from symcount.exam import explain, read_exam, sheet
>>> [made.mistake.name for made in explain("I(96,32x32)-C(32,3)", 27648).explanations[0].made]
['no-bias']
>>> exam = read_exam('[[question]]\narchitecture = "I784-H(h)"\nwith = {h = "10..99"}')
>>> sheet(exam, 12).variants[0] == sheet(exam, 12).variants[0]
True
"""

from symcount.exam.answered import Answered, read_answers
from symcount.exam.explain import Mistaken, explain, explained
from symcount.exam.explanation import Diagnosis, Explanation
from symcount.exam.formulas import FormulaDiagnosis, explain_formula
from symcount.exam.marking import Mark, Marked, class_mistakes, marked
from symcount.exam.mistakes import MISTAKES, Mistake
from symcount.exam.paper import paper
from symcount.exam.platforms import PLATFORMS, written
from symcount.exam.questions import Exam, Question, read_exam
from symcount.exam.variant import Sheet, Variant
from symcount.exam.variants import sheet, variant

__all__ = [
    "MISTAKES",
    "PLATFORMS",
    "Answered",
    "Diagnosis",
    "Exam",
    "Explanation",
    "FormulaDiagnosis",
    "Mark",
    "Marked",
    "Mistake",
    "Mistaken",
    "Question",
    "Sheet",
    "Variant",
    "class_mistakes",
    "explain",
    "explain_formula",
    "explained",
    "marked",
    "paper",
    "read_answers",
    "read_exam",
    "sheet",
    "variant",
    "written",
]
