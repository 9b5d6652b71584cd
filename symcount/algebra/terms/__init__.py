"""Writes closed forms: as arithmetic that any notation can print, and as Python source."""
