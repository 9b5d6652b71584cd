"""What is shipped: every room of the package, and the data that it reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_room_is_shipped() -> None:
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "symcount").rglob("__init__.py")}
    assert {*rooms, "symcount.grammar"} == set(SETUP["packages"])


def test_all_that_is_no_python_is_shipped() -> None:
    for room, folder in ((room, ROOT / "symcount" / room.replace(".", "/")) for room in ("", "catalogue")):
        found = {path.name for path in folder.iterdir() if path.is_file() and path.suffix not in (".py", ".pyc")}
        name = "symcount" + (f".{room}" if room else "")
        kept = {path.name for pattern in SETUP["package-data"][name] for path in folder.glob(pattern)}
        assert found == kept
