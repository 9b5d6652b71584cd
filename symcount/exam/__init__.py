"""Exams: questions and their variants, the mistakes that students make, and the platforms that take a quiz."""

from symcount.exam.explain import Diagnosis, Explanation, Mistaken, explained
from symcount.exam.mistakes import MISTAKES, Mistake

__all__ = ["MISTAKES", "Diagnosis", "Explanation", "Mistake", "Mistaken", "explained"]
