"""Sympy expressions of integer sizes, and the functions that stay exact on them: floors, minima, maxima."""
