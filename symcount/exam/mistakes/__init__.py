"""The catalogue of mistakes that students make, each beside the rule that it spoils, with a sentence of feedback."""

from symcount.exam.mistakes.blocks import BLOCKS
from symcount.exam.mistakes.fields import FIELDS
from symcount.exam.mistakes.groups import GROUPS
from symcount.exam.mistakes.mistake import Amount, Mistake, spoiled_by
from symcount.exam.mistakes.normalisations import NORMALISATIONS
from symcount.exam.mistakes.products import PRODUCTS
from symcount.exam.mistakes.sequences import SEQUENCES
from symcount.exam.mistakes.sizes import SIZES
from symcount.exam.mistakes.weights import WEIGHTS

__all__ = ["FAMILIES", "MISTAKES", "Amount", "Mistake", "spoiled_by"]

FAMILIES = {
    "weights and biases": WEIGHTS,
    "groups and separable convolutions": GROUPS,
    "normalisations": NORMALISATIONS,
    "sizes": SIZES,
    "products and bytes": PRODUCTS,
    "sequences": SEQUENCES,
    "receptive fields": FIELDS,
    "blocks": BLOCKS,
}
"""The families of mistakes; in each those come first that are made most often."""

MISTAKES = tuple(each for family in FAMILIES.values() for each in family)
"""Every mistake; of two that explain an answer as simply, the earlier is told first."""
