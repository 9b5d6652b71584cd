"""Sums over an index in closed form, and what one value of the index demands, demanded of all."""
