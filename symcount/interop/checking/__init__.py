"""Holds a network against what others say of it: a number, a file of weights, a framework."""
