"""CSV, for programs: a table alone."""

from __future__ import annotations

import csv
import io

from symcount.arithmetic.notation import TEXT
from symcount.render.medium import Medium
from symcount.render.table import Table


def _table(table: Table) -> str:
    """CSV with a heading line and no total, which a program adds up itself."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(table.rows)
    return lines.getvalue().removesuffix("\n")


MEDIUM = Medium(TEXT, "{}", str, _table, for_programs=True, indent="")
