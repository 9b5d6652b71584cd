"""Mistakes with normalisations: what they learn, and what they only keep."""

from __future__ import annotations

from symcount.exam.mistakes.mistake import AT_EVERY_POSITION, PARAMS, WITHOUT_BIASES, Mistake, instead, result
from symcount.layers.normalisation import BatchNormalisation, GroupNormalisation, LayerNormalisation

NORMS = (BatchNormalisation, LayerNormalisation, GroupNormalisation)

NORMALISATIONS = (
    Mistake(
        "statistics-counted",
        "running means and variances are counted: they are kept, not learned",
        (BatchNormalisation,),
        PARAMS,
        result(lambda amount, layer, x, y: amount + layer.statistics(x)),
    ),
    Mistake(
        "bn-per-pixel",
        "a normalisation is counted at every position: it has a factor and an offset for each channel",
        NORMS,
        PARAMS,
        AT_EVERY_POSITION,
    ),
    Mistake(
        "norm-ignored",
        "a normalisation is left out: it learns a factor and an offset for each channel",
        NORMS,
        PARAMS,
        instead(lambda layer, x, y: 0),
    ),
    Mistake(
        "norm-one-value",
        "one value is counted for each channel of a normalisation: it learns a factor and an offset",
        NORMS,
        PARAMS,
        WITHOUT_BIASES,
    ),
)
"""Mistakes with normalisations, the most frequent first."""
