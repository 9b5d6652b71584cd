"""Resolves the names in a parsed text, each once: layer kinds, macros and wrappers, arguments and symbols."""

from symcount.program.bindings import bound_values, merged
from symcount.program.choices import check_chosen
from symcount.program.divisions import Divisor
from symcount.program.items import (
    Again,
    Bidirectional,
    Block,
    BodyCall,
    Branches,
    Chain,
    Copies,
    Frozen,
    Group,
    Item,
    Joined,
    Labelled,
    Macro,
    MacroCall,
    Maybe,
    Mixture,
    Picked,
    Repeat,
    Tap,
)
from symcount.program.kinds import is_input
from symcount.program.layer_call import LayerCall
from symcount.program.program import Program, program
from symcount.program.scope import InnerScope, Meant, Place, ProgramScope, Scope, program_of
from symcount.program.spelling import canonical_text
from symcount.program.values import Names, evaluated
from symcount.program.wrappers import WRAPPERS, Wrapper

__all__ = [
    "WRAPPERS",
    "Again",
    "Bidirectional",
    "Block",
    "BodyCall",
    "Branches",
    "Chain",
    "Copies",
    "Divisor",
    "Frozen",
    "Group",
    "InnerScope",
    "Item",
    "Joined",
    "Labelled",
    "LayerCall",
    "Macro",
    "MacroCall",
    "Maybe",
    "Meant",
    "Mixture",
    "Names",
    "Picked",
    "Place",
    "Program",
    "ProgramScope",
    "Repeat",
    "Scope",
    "Tap",
    "Wrapper",
    "bound_values",
    "canonical_text",
    "check_chosen",
    "evaluated",
    "is_input",
    "merged",
    "program",
    "program_of",
]
