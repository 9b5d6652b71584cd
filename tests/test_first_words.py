"""What the first word of the command line is taken for."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from symcount.cli.commands import command


@pytest.mark.parametrize(("words", "status", "part"), [
    (["I784-H10"], 0, "7,850"),
    (["--format", "json", "I784-H10"], 0, '"params": 7850'),
    (["count", "I784-H10"], 0, "7,850"),
    (["-h"], 0, "Commands:"),
    (["--help"], 0, "Commands:"),
    (["formual", "I784-H10"], 2, "no command is called 'formual'"),
    (["INPUT"], 0, "I"),
    (["formula", "I(n)-H3", "--assume", "q % 2 == 0"], 2, "no open symbol 'q'"),
    (["I3-H3", "k=3"], 2, "it has no open symbols"),
    (["count", "I" + "9" * 900], 2, "at most 100"),
])  # fmt: skip
def test_first_words(words: list[str], status: int, part: str) -> None:
    result = CliRunner().invoke(command, words)
    assert result.exit_code == status
    assert part in result.output
