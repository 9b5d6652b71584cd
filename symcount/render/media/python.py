"""Python, for programs: a formula alone."""

from __future__ import annotations

from symcount.arithmetic.notation import PYTHON
from symcount.render.medium import Medium

MEDIUM = Medium(PYTHON, "{}", str, for_programs=True)
