"""From a syntax tree to layers: names meet the registry here, and expressions become sizes."""

from symcount.network.bindings import bound_values, merged
from symcount.network.canonical import canonical, canonical_call, canonical_item
from symcount.network.kinds import glued_values, kind_named, meaning, parted
from symcount.network.link import Link, evaluated_arguments
from symcount.network.program import Macro, Network, network, prelude
from symcount.network.scope import InnerScope, Meant, Place, ProgramScope, Scope
from symcount.network.values import MOST_DIGITS, evaluated

__all__ = [
    "MOST_DIGITS",
    "InnerScope",
    "Link",
    "Macro",
    "Meant",
    "Network",
    "Place",
    "ProgramScope",
    "Scope",
    "bound_values",
    "canonical",
    "canonical_call",
    "canonical_item",
    "evaluated",
    "evaluated_arguments",
    "glued_values",
    "kind_named",
    "meaning",
    "merged",
    "network",
    "parted",
    "prelude",
]
