"""The wrappers: names such as ``frozen`` that are written before a block of layers and change what it means."""

from __future__ import annotations

from symcount.layers import Experts
from symcount.records import record


@record
class Wrapper:
    """A wrapper as the reference shows it: an example, and what the example means."""

    example: str
    sentence: str
    takes_arguments: bool = False


WRAPPERS = {
    "res": Wrapper("res[A-B]", "The block, and what arrives added to what leaves it."),
    "mul": Wrapper("mul{A|B}", "The branches, multiplied value by value."),
    "cat": Wrapper(
        "cat{A|B}",
        "The branches one after another along the first axis, in cat(2){A|B} along the second; a vector is one place.",
        takes_arguments=True,
    ),
    "pick": Wrapper(
        "pick(op){A|B|C}",
        "The branch of this number, the first being 1: a choice of layers, with let op in 1..3.",
        takes_arguments=True,
    ),
    "par": Wrapper(
        "par(4)[A-B]",
        "So many copies of the block side by side, each with weights of its own; none, par(0)[A], adds no channels.",
        takes_arguments=True,
    ),
    "frozen": Wrapper("frozen[A-B]", "The block, its parameters held as they are."),
    "bi": Wrapper("bi[LSTM(256)]", "A recurrent layer in both directions: twice the layer, 2h channels."),
    Experts.token: Wrapper("moe(8,top=2)[GLU(14336)]", Experts.__doc__ or "", takes_arguments=True),
}
"""Every wrapper by its name."""
