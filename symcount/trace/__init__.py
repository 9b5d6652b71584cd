"""Runs the shape of its input through a network, and records a step for each layer, with what it requires."""

from symcount.trace.blocks import (
    AddedBranches,
    Alternative,
    Bidirectional,
    Body,
    Branch,
    Branches,
    Experts,
    Frozen,
    Group,
    Iteration,
    JoinedBranches,
    Known,
    MacroBlock,
    Mixture,
    MultipliedBranches,
    Optional,
    Picked,
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
    "Alternative",
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
    "JoinedBranches",
    "Known",
    "MacroBlock",
    "Mixture",
    "MultipliedBranches",
    "Optional",
    "Part",
    "Picked",
    "Repeat",
    "Required",
    "Shared",
    "Step",
    "Tap",
    "Trace",
    "parts_of",
    "traced",
]
