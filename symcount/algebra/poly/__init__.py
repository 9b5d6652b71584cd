"""Sparse polynomials with exact coefficients, and their division: plain Python, without sympy."""
