"""Sums over an index in closed form, and assumptions about one value of the index turned into ones about all."""
