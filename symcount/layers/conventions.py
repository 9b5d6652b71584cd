"""What a line leaves open, and courses and frameworks settle each in their own way.

A choice has a name; a convention says which number it takes, and leaves what it does not say to the textbook.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcount.records import record

RECURRENT_BIASES = "recurrent biases"
"""How many biases each gate of a recurrent layer has."""

GRU_BIASES = "gru biases"
"""How many biases each gate of a gated recurrent unit has."""

STATISTICS_COUNT = "statistics count"
"""Whether statistics are among the parameters: 0 or 1."""


STRIDES_FILLED = "strides filled"
"""Whether a transposed convolution leaves at least one whole stride for each value: 0 or 1."""


@record
class Convention:
    """The choices of one convention; what the line itself says always wins.

    >>> CONVENTIONS["keras"].choice(GRU_BIASES), CONVENTIONS["keras"].choice(RECURRENT_BIASES)
    (2, 1)
    """

    name: str
    summary: str
    choices: Mapping[str, int]

    def __hash__(self) -> int:
        return hash(self.name)

    def choice(self, name: str) -> int:
        """Return the number of the choice with this name, the textbook's where this convention has none."""
        return self.choices[name] if name in self.choices else TEXTBOOK.choices[name]


TEXTBOOK = Convention(
    "textbook",
    "parameters are what is learned or could be; statistics are not counted",
    {RECURRENT_BIASES: 1, GRU_BIASES: 1, STATISTICS_COUNT: 0, STRIDES_FILLED: 0},
)
"""The convention that makes every choice."""

CONVENTIONS = {
    convention.name: convention
    for convention in (
        TEXTBOOK,
        Convention(
            "torch",
            "as PyTorch counts parameters(): running statistics are buffers, not counted",
            {RECURRENT_BIASES: 2, GRU_BIASES: 2},
        ),
        Convention(
            "keras",
            "as Keras counts in summary(): running means and variances are counted",
            {GRU_BIASES: 2, STATISTICS_COUNT: 1, STRIDES_FILLED: 1},
        ),
    )
}
"""Every convention by its name; the first is the default."""
