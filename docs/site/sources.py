"""Puts the sources of the site together: the pages as they are, one for each family of the zoo, and the API."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from families import family_page

import symcount
from symcount.catalogue import families

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent
ROOT = DOCS.parent
FRONT = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
"""Pages at the top of the repository, which link into `docs/`."""


def put_together(place: Path) -> None:
    """Write every source of the site into a folder."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copytree(DOCS / "pictures", place / "pictures")
    shutil.copy(DOCS / "notebook.ipynb", place)
    for page in sorted(DOCS.glob("*.md")):
        _write(place / page.name, page.read_text(encoding="utf-8").replace("](../", "]("))
    for notebook in DOCS.glob("*.ipynb"):
        shutil.copy(notebook, place)
    for name in FRONT:
        _write(place / name, (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "]("))
    zoo = (DOCS / "zoo.md").read_text(encoding="utf-8")
    _write(place / "zoo.md", _zoo(zoo))
    (place / "families").mkdir()
    for family in families():
        _write(place / "families" / f"{family}.md", family_page(family))
    _write(place / "api.md", _api())
    _write(place / "index.md", (place / "index.md").read_text(encoding="utf-8") + _contents())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _zoo(table: str) -> str:
    """The table of the zoo under a heading, each family's name a link to its page."""
    known = "|".join(map(re.escape, families()))
    linked = re.sub(rf"(?<=\| )({known})(?= \| [\d,]+ \|)", r"[\1](families/\1.md)", table)
    return f"{_ZOO}\n{linked}"


_ZOO = """\
# The zoo

Published networks with their totals and sources. A page for each family shows its text, its formula and its strip.
"""


def _contents() -> str:
    """The pages in the order of the index, under its headings; what it does not name, behind."""
    parts = []
    for heading, body in re.findall(
        r"^## (.*)\n((?:(?!## ).*\n)*)", (DOCS / "index.md").read_text(encoding="utf-8"), re.MULTILINE
    ):
        parts.append(_tree(heading, dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md\)", body))))
    first = _tree("Begin", dict.fromkeys(("tutorial", *(path.stem for path in DOCS.glob("*.ipynb")), "questions")))
    families_tree = _tree("Families of networks", dict.fromkeys(f"families/{name}" for name in families()))
    project = _tree("Project", dict.fromkeys((f"Front page <{FRONT[0]}>", *FRONT[1:])))
    return "\n" + "\n".join([first, *parts, _tree("Python, in full", {"api": None}), families_tree, project])


def _tree(caption: str, pages: dict[str, None]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


def _api() -> str:
    """The API from the docstrings of all that is public."""
    return "# Python, in full\n\nEverything that `import symcount` gives.\n\n" + "\n".join(_documented())


def _documented() -> Iterator[str]:
    for name in sorted(symcount.__all__, key=str.lower):
        what = getattr(symcount, name)
        if isinstance(what, type):
            directive = "autoexception" if issubclass(what, Exception) else "autoclass"
        elif callable(what):
            directive = "autofunction"
        else:
            continue
        yield f"```{{eval-rst}}\n.. {directive}:: symcount.{name}\n```\n"
