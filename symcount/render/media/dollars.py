"""Markdown with mathematics between dollars, as notebooks show it."""

from __future__ import annotations

from symcount.records import replace
from symcount.render.media import markdown, notebook

MEDIUM = replace(markdown.MEDIUM, inline="${}$")

PAGE = markdown.page(MEDIUM, notebook.aligned)
