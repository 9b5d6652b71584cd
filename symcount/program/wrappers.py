"""What is given a block of layers and does something with it: how each wrapper is written, and what that means."""

from __future__ import annotations

from symcount.layers import Experts
from symcount.records import record


@record
class Wrapper:
    """One wrapper: an example of how it is written, and what that means."""

    example: str
    sentence: str
    takes_arguments: bool = False


WRAPPERS = {
    "res": Wrapper("res[A-B]", "The block, and what arrives added to what leaves it."),
    "mul": Wrapper("mul{A|B}", "The branches, multiplied value by value."),
    "frozen": Wrapper("frozen[A-B]", "The block, its parameters held as they are."),
    "bi": Wrapper("bi[LSTM(256)]", "A recurrent layer in both directions: twice the layer, 2h channels."),
    Experts.token: Wrapper("moe(8,top=2)[GLU(14336)]", Experts.__doc__ or "", takes_arguments=True),
}
"""Every wrapper by its name."""
