"""A formula over a grid: columns of sizes and quantities, block by block, in bounded memory.

Numbers have 64 bits where the grid's corner says that none on the way is larger, and are Python's own where not.
"""

from symcount.answers.sweep.grid import MOST_POINTS, Axis, Grid, axis
from symcount.answers.sweep.select import Selection, best, pareto
from symcount.answers.sweep.sweep import Block, Sweep, choices

__all__ = ["MOST_POINTS", "Axis", "Block", "Grid", "Selection", "Sweep", "axis", "best", "choices", "pareto"]
