"""Saves the parser's tables beside the grammar: ``python -m symcount.syntax`` after a change to it."""

from symcount.syntax import tables

print(tables.save())
