"""What tests share: a command that runs in this process, and Hypothesis without a clock, as a machine may be busy."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import HealthCheck, settings

from symcount.arithmetic.work import begin
from symcount.cli import main
from tests.running import Done, Run

settings.register_profile(
    "untimed",
    settings(),
    deadline=None,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.too_slow],
)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _work_of_its_own() -> None:
    """Lets each test begin with no work spent, as a question does: some work with polynomials outside of any."""
    begin()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in this process."""

    def run(*words: str, stdin: str | bytes = "") -> Done:
        given = io.BytesIO(stdin if isinstance(stdin, bytes) else stdin.encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="utf-8"))
        monkeypatch.setattr(sys, "argv", ["symcount", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        status = ended.value.code or 0
        assert isinstance(status, int)
        return Done(status, *(each.decode() for each in capfdbinary.readouterr()))

    return run
