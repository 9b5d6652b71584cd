"""Builds the site: `python docs/site/make.py [FOLDER]` makes the documentation, with the page of the browser in it.

Needs the extra `docs`, and what `docs/playground/build.py` needs; `--kept FOLDER` is for that. Warnings are errors,
every link is checked, and nothing is fetched once the parts of the page are there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from links import complaints
from sources import put_together

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build"


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUILD / "site")
    parser.add_argument("--kept", type=Path, default=BUILD / "playground", metavar="FOLDER")
    asked = parser.parse_args()
    sources = BUILD / "site-sources"
    put_together(sources)
    command: list[Path | str] = [
        sys.executable,
        "-m",
        "sphinx",
        "--fail-on-warning",
        "--keep-going",
        "--quiet",
        "-E",
        "-c",
        HERE,
        "-b",
        "html",
    ]
    subprocess.run([*command, sources, asked.folder], check=True)
    page = [ROOT / "docs" / "playground" / "build.py", asked.folder / "playground", "--kept", asked.kept]
    subprocess.run([sys.executable, *page], check=True)
    found = [*complaints(asked.folder)]
    if found:
        sys.exit("\n".join(found))
    print(f"{asked.folder}: {sum(1 for _ in asked.folder.rglob('*.html'))} pages")


if __name__ == "__main__":
    main()
