"""MathML, for programs that typeset it: a formula alone."""

from __future__ import annotations

from symcount.arithmetic.notation import MATHML
from symcount.arithmetic.notation.mathml import escaped
from symcount.render.medium import Medium

MEDIUM = Medium(
    MATHML, '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{}</math>', escaped, for_programs=True
)
