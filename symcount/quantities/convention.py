"""What a line leaves open, and courses and frameworks settle each in their own way."""

from __future__ import annotations

from symcount.records import record


@record
class Convention:
    """The choices of one convention; what the line itself says always wins."""

    name: str
    statistics_count: bool
    summary: str


CONVENTIONS = {
    convention.name: convention
    for convention in (
        Convention("textbook", False, "parameters are what is learned or could be; statistics are not counted"),
        Convention("torch", False, "as PyTorch counts parameters(): running statistics are buffers, not counted"),
        Convention("keras", True, "as Keras counts in summary(): running means and variances are counted"),
    )
}
"""Every convention by its name; the first is the default."""

TEXTBOOK = CONVENTIONS["textbook"]
