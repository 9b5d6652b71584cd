"""A table in a medium: plain text, Markdown, CSV, LaTeX with booktabs, and colour on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

from symcount.records import record


@record
class Column:
    """A column: its heading, and whether it holds numbers, set to the right."""

    heading: str
    numeric: bool = False


@record
class Table:
    """Rows of cells that are already written in the medium; ``total`` is the last row, where there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and the total."""
        return self.rows if self.total is None else (*self.rows, self.total)


def plain(table: Table) -> str:
    """Columns set out with spaces, for any terminal or pipe."""
    lines = [tuple(column.heading for column in table.columns), *table.all_rows]
    widths = [max(map(_width, cells)) for cells in zip(*lines, strict=True)]
    return "\n".join(_aligned(cells, table.columns, widths) for cells in lines)


def _aligned(cells: tuple[str, ...], columns: tuple[Column, ...], widths: list[int]) -> str:
    padded = (
        " " * (width - _width(cell)) + cell if column.numeric else cell + " " * (width - _width(cell))
        for cell, column, width in zip(cells, columns, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def markdown(table: Table) -> str:
    """A pipe table."""
    rules = tuple("--:" if column.numeric else "---" for column in table.columns)
    lines = [tuple(column.heading for column in table.columns), rules, *table.all_rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def latex(table: Table) -> str:
    """A tabular with the rules of booktabs."""
    places = "".join("r" if column.numeric else "l" for column in table.columns)
    heading = " & ".join(column.heading for column in table.columns)
    body = [" & ".join(cells) + r" \\" for cells in table.rows]
    total = [] if table.total is None else [r"\midrule", " & ".join(table.total) + r" \\"]
    begin = [rf"\begin{{tabular}}{{{places}}}", r"\toprule", heading + r" \\", r"\midrule"]
    return "\n".join([*begin, *body, *total, r"\bottomrule", r"\end{tabular}"])


def comma_separated(table: Table) -> str:
    """CSV with a heading line and no total, which a program adds up itself."""
    import csv
    import io

    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(table.rows)
    return lines.getvalue().removesuffix("\n")


WRITERS: dict[str, Callable[[Table], str]] = {
    "text": plain,
    "markdown": markdown,
    "latex": latex,
    "csv": comma_separated,
}
"""Every medium that a table can be written in."""
