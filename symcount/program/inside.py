"""What chains and items are made of, and which definitions a walk over them meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from symcount.program.items import (
    Bidirectional,
    Branches,
    Chain,
    Copies,
    Frozen,
    Group,
    Item,
    Labelled,
    Macro,
    MacroCall,
    Maybe,
    Mixture,
    Repeat,
)
from symcount.program.layer_call import LayerCall
from symcount.program.scope import LeftOut


def macros_met(chains: tuple[Chain, ...], macros: Mapping[str, Macro]) -> Iterator[str]:
    """Yield the names of the definitions that a walk meets, in its order; ``macros`` may grow meanwhile."""
    met: set[str] = set()
    pending: list[Chain | Item] = list(reversed(chains))
    while pending:
        found = pending.pop()
        if isinstance(found, MacroCall):
            block = [] if found.block is None else [found.block]
            pending.extend(block)
            if found.name not in met:
                met.add(found.name)
                yield found.name
                pending.append(macros[found.name].body)
        else:
            pending.extend(reversed(inside(found)))


def left_out(chains: Iterable[Chain]) -> Iterator[LeftOut]:
    """Yield the sizes that chains leave out, in its order: those of layers, and whether `Maybe` is there."""
    pending: list[Chain | Item] = list(reversed([*chains]))
    while pending:
        found = pending.pop()
        if isinstance(found, LayerCall):
            yield from (size for _, size in found.left_out)
        else:
            if isinstance(found, Maybe):
                yield found.there
            pending.extend(reversed(inside(found)))


def inside(item: Chain | Item) -> tuple[Chain | Item, ...]:
    """Return what a chain or an item is directly made of."""
    match item:
        case Chain(items=items):
            return items
        case Group(chain=chain) | Frozen(chain=chain) | Bidirectional(chain=chain) | Copies(chain=chain):
            return (chain,)
        case Mixture(chain=chain, router=router):
            return router, chain
        case Branches(chains=chains):
            return chains
        case Repeat(item=inner) | Maybe(item=inner) | Labelled(item=inner):
            return (inner,)
        case MacroCall(block=Group() | Branches() as block):
            return (block,)
        case _:
            return ()
