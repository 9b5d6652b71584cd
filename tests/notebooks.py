"""The executed notebook of the documents: its cells are run by IPython, and what each shows is kept in it.

``python -m tests.documents`` runs it anew; a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook.ipynb"


@contextmanager
def shell() -> Iterator[InteractiveShell]:
    """A shell that keeps no history."""
    config = Config()
    config.HistoryManager.enabled = False
    running = InteractiveShell(config=config)  # type: ignore[no-untyped-call]
    try:
        yield running
    finally:
        running.restore_sys_module_state()  # type: ignore[no-untyped-call]


def shown(running: InteractiveShell, cell: str) -> dict[str, Any]:
    """Run a cell, and return what a notebook keeps of its answer, by its type."""
    done = running.run_cell(cell)  # type: ignore[no-untyped-call]
    assert done.success, cell
    assert running.display_formatter is not None
    if done.result is None:
        return {}
    bundle, _ = running.display_formatter.format(done.result)  # type: ignore[no-untyped-call]
    return dict(bundle)


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with what its cells show now."""
    number = count(1)
    with shell() as running:
        cells = [
            _run(cell, running, next(number)) if cell["cell_type"] == "code" else cell for cell in notebook["cells"]
        ]
    return {**notebook, "cells": cells}


def _run(cell: dict[str, Any], running: InteractiveShell, number: int) -> dict[str, Any]:
    with redirect_stdout(StringIO()):
        bundle = shown(running, "".join(cell["source"]))
    data = {kind: text.splitlines(keepends=True) for kind, text in sorted(bundle.items())}
    answer = {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}
    return {**cell, "execution_count": number, "outputs": [answer] if data else []}


def read_notebook() -> dict[str, Any]:
    """Return the notebook as it is."""
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return found


def write_notebook() -> None:
    """Run the notebook and write it."""
    NOTEBOOK.write_text(json.dumps(executed(read_notebook()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
