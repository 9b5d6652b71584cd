"""A server of Postgres for tests, as Debian's package has it: started for them, and ended with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.media import missing

_USER = "postgres"


class Postgres:
    """A server that runs, which is asked through its own `psql`."""

    def __init__(self, programs: Path, room: Path) -> None:
        self.programs = programs
        self.room = room

    def run(self, *words: str, given: str = "") -> str:
        """Run one of its programs as the user whom the server belongs to."""
        alone = {"user": _USER, "group": _USER, "extra_groups": []} if not os.getuid() else {}
        command = [str(self.programs / words[0]), *words[1:]]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, cwd=self.room, **alone)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    def ask(self, script: str) -> list[str]:
        """Run a script, and return the lines that it prints."""
        words = ("-h", str(self.room), "-U", _USER, "-d", "postgres")
        return self.run("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", *words, given=script).splitlines()


@contextmanager
def server() -> Iterator[Postgres]:
    """Start a server that listens at no port, in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda each: int(each.parts[-3]))
    if not found:
        missing("postgresql")
    room = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the name of a socket may not be long
    if not os.getuid():
        shutil.chown(room, _USER, _USER)
    running = Postgres(found[-1].parent, room)
    folder = str(room / "data")
    try:
        running.run("initdb", "-D", folder, "-U", _USER, "-A", "trust", "-N", "--locale=C", "-E", "UTF8")
        options = f"-k {room} -c listen_addresses='' -c fsync=off -c autovacuum=off"
        running.run("pg_ctl", "-D", folder, "-o", options, "-l", str(room / "log"), "-w", "start")
        try:
            yield running
        finally:
            running.run("pg_ctl", "-D", folder, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(room)
