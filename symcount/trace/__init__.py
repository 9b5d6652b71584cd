"""Runs the shape of its input through a network, and records a step for each layer, with what it requires."""

from symcount.trace.blocks import (
    AddedBranches,
    Bidirectional,
    Body,
    Branch,
    Branches,
    Experts,
    Frozen,
    Group,
    Iteration,
    Known,
    MacroBlock,
    Mixture,
    MultipliedBranches,
    Optional,
    Repeat,
    Shared,
    Tap,
)
from symcount.trace.record import Trace
from symcount.trace.required import Iterations, Required
from symcount.trace.steps import Block, Part, Step, parts_of
from symcount.trace.trace import traced
from symcount.trace.walk import Alter

__all__ = [
    "AddedBranches",
    "Alter",
    "Bidirectional",
    "Block",
    "Body",
    "Branch",
    "Branches",
    "Experts",
    "Frozen",
    "Group",
    "Iteration",
    "Iterations",
    "Known",
    "MacroBlock",
    "Mixture",
    "MultipliedBranches",
    "Optional",
    "Part",
    "Repeat",
    "Required",
    "Shared",
    "Step",
    "Tap",
    "Trace",
    "parts_of",
    "traced",
]
