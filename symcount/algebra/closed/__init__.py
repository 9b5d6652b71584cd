"""Turns written arithmetic into closed forms, also sizes after N iterations, and factors or collects whole formulas."""
