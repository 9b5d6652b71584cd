"""From a syntax tree to layers: names meet the registry here, and expressions become sizes."""

from symcount.network.bindings import bound_values
from symcount.network.build import Link, Network, network
from symcount.network.canonical import canonical, canonical_call
from symcount.network.scope import Meant, Scope
from symcount.network.values import MOST_DIGITS, evaluated

__all__ = [
    "MOST_DIGITS",
    "Link",
    "Meant",
    "Network",
    "Scope",
    "bound_values",
    "canonical",
    "canonical_call",
    "evaluated",
    "network",
]
