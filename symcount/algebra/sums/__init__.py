"""Sums over an index in closed form, and what holds for one value of the index, for all of them."""
