"""Answers in a medium: tables, formulas and the reference, as text, Markdown, LaTeX, Typst, CSV or JSON."""
