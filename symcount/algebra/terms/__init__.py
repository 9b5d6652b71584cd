"""Closed forms written again: as terms for any notation, and as Python source."""
