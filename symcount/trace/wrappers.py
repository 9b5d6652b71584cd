"""What is given a block of layers and does something with it: ``res``, ``mul``, ``frozen``, ``bi``, ``moe``.

A wrapper is one entry of the table at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symcount.arithmetic import by_name
from symcount.errors import ArchitectureError
from symcount.layers import Experts, Recurrent, Shape
from symcount.network import parted
from symcount.records import record, replace
from symcount.syntax import tree
from symcount.trace.agreement import same_shape
from symcount.trace.frame import Frame
from symcount.trace.joints import branched
from symcount.trace.steps import Block

if TYPE_CHECKING:
    from symcount.trace.walk import Walk

_Block = tree.Series | tree.Branches
_Run = Callable[["Walk", tree.Call, _Block, Shape, Frame, tuple[int, ...]], Block]


@record
class Wrapper:
    """One wrapper: what it does with its block, how it is written, and what that means."""

    run: _Run
    example: str
    sentence: str
    takes_arguments: bool = False


def wrapped(walk: Walk, call: tree.Call, shape: Shape | None, frame: Frame, number: tuple[int, ...]) -> Block | None:
    """Walk a wrapper with its block; None where the call is no wrapper."""
    wrapper = WRAPPERS.get(call.name) or WRAPPERS.get(parted(call.name)[0])
    if wrapper is None:
        return None
    plain = call.name in WRAPPERS and not call.arguments
    if call.block is None or not (plain or wrapper.takes_arguments):
        message = f"{call.name} takes a block of layers"
        raise ArchitectureError("wants-block", message, span=call.span, hint=f"write {wrapper.example}")
    return wrapper.run(walk, call, call.block, walk.arrived(call, shape), frame, number)


def _residual(walk: Walk, call: tree.Call, block: _Block, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    past = tree.Call(call.span, "_", (), None)
    chains = (_chain(block), tree.Chain(call.span, (past,)))
    return branched(walk, call, chains, "+", shape, frame, number)


def _multiplied(
    walk: Walk, call: tree.Call, block: _Block, shape: Shape, frame: Frame, number: tuple[int, ...]
) -> Block:
    chains = block.chains if isinstance(block, tree.Branches) else (block.chain,)
    return branched(walk, call, chains, "×", shape, frame, number)


def _frozen(walk: Walk, call: tree.Call, block: _Block, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    parts, output = walk.inner(_chain(block), shape, replace(frame.inside(number, call), frozen=True))
    return Block("frozen", number, call, parts, shape, output)


def _both_ways(
    walk: Walk, call: tree.Call, block: _Block, shape: Shape, frame: Frame, number: tuple[int, ...]
) -> Block:
    parts, output = walk.inner(_chain(block), shape, frame.inside(number, call))
    layers = [step.layer for part in parts for step in part.steps]
    if len(layers) != 1 or not isinstance(layers[0], Recurrent):
        message = "bi takes one recurrent layer, which it runs in both directions"
        raise ArchitectureError("not-recurrent", message, span=block.span, hint="write bi[LSTM(256)]")
    both = walk.named(Shape(2 * output.channels, output.axes), shape, number)
    return Block("bi", number, call, parts, shape, both, times=2)


def _experts(walk: Walk, call: tree.Call, block: _Block, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    within = frame.inside(number, call)
    router = walk.layer(replace(call, block=None), shape, within, (*number, 1))
    parts, output = walk.inner(_chain(block), shape, within.inside((*number, 2), call))
    if not same_shape(output, shape):
        message = f"the experts of a moe leave {output}, but {shape} arrives: what they give is added up"
        raise ArchitectureError("branches-differ", message, span=block.span)
    layer = router.layer
    assert isinstance(layer, Experts)
    copies = Block(
        "expert",
        (*number, 2),
        call,
        parts,
        shape,
        shape,
        times=layer.experts + layer.shared,
        active=layer.top + layer.shared,
        notes=(f"each token meets {by_name(layer.top)} of {by_name(layer.experts)} experts",),
    )
    return Block("moe", number, call, (router, copies), shape, shape)


def _chain(block: _Block) -> tree.Chain:
    return block.chain if isinstance(block, tree.Series) else tree.Chain(block.span, (block,))


WRAPPERS = {
    "res": Wrapper(_residual, "res[A-B]", "The block, and what arrives added to what leaves it."),
    "mul": Wrapper(_multiplied, "mul{A|B}", "The branches, multiplied value by value."),
    "frozen": Wrapper(_frozen, "frozen[A-B]", "The block, its parameters held as they are."),
    "bi": Wrapper(_both_ways, "bi[LSTM(256)]", "A recurrent layer in both directions: twice the layer, 2h channels."),
    Experts.token: Wrapper(_experts, "moe(8,top=2)[GLU(14336)]", Experts.__doc__ or "", takes_arguments=True),
}
"""Every wrapper by its name."""
