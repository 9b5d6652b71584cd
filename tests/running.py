"""A command as it runs for a user: from its arguments and standard input to what it prints, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple


class Done(NamedTuple):
    """What a command left: its exit status, and what it printed where."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, object]:
        """What it printed as JSON."""
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer


Run = Callable[..., Done]
