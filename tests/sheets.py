"""The pictures of printed sheets in the documents: the first page of each, with what it was made of.

A picture is made by Typst and poppler, of which other versions draw other pixels. So it carries a digest of the
Typst source that it shows; the tests hold that to the sheet as it is now, and it is drawn anew where they differ.
"""

from __future__ import annotations

import re
import subprocess
import zlib
from hashlib import sha256
from pathlib import Path
from struct import pack, unpack
from tempfile import TemporaryDirectory

from symcount.exam.paper import paper
from symcount.exam.questions import read_exam
from symcount.exam.starter import STARTER
from symcount.exam.variants import sheet
from symcount.render.pdf import pdf

PAGE = Path(__file__).parent.parent / "docs" / "teachers.md"
FOLDER = PAGE.parent / "pictures"

_SHOWN = re.compile(r"!\[[^\]]+\]\(pictures/(?P<name>sheet-(?P<sheet>\w+)\.png)\)")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = 25
"""The length of the first chunk of a PNG, which says how large it is."""

_KEYWORD = b"symcount sheet"
_DOTS = 80
"""How many pixels an inch of the page has."""


def sheets() -> dict[str, str]:
    """Return the Typst source of every sheet that the page shows, by the name of the picture's file."""
    exam = read_exam(STARTER)
    shown = _SHOWN.finditer(PAGE.read_text(encoding="utf-8"))
    return {found["name"]: paper(exam, [sheet(exam, 1)], "typst", found["sheet"]) for found in shown}


def digest(source: str) -> str:
    """Return what a picture carries of its source."""
    return sha256(source.encode()).hexdigest()


def shown(picture: bytes) -> str:
    """Return the digest of the source that a picture shows; nothing where it carries none."""
    assert picture.startswith(_SIGNATURE)
    at = len(_SIGNATURE)
    while at < len(picture):
        [length] = unpack(">I", picture[at : at + 4])
        kind, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        keyword, _, text = content.partition(b"\0")
        if kind == b"tEXt" and keyword == _KEYWORD:
            return text.decode()
        at += length + 12
    return ""


def write_sheets() -> None:
    """Draw every sheet whose picture shows another one."""
    for name, source in sheets().items():
        path = FOLDER / name
        if not path.exists() or shown(path.read_bytes()) != digest(source):
            path.write_bytes(_marked(_first_page(source), digest(source)))


def _first_page(source: str) -> bytes:
    with TemporaryDirectory() as place:
        (Path(place) / "sheet.pdf").write_bytes(pdf(source))
        command = ["pdftocairo", "-png", "-gray", "-r", str(_DOTS), "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run([*command, "sheet.pdf", "sheet"], cwd=place, check=True)
        return (Path(place) / "sheet.png").read_bytes()


def _marked(picture: bytes, text: str) -> bytes:
    """A picture with a text in it, behind the chunk that says how large it is."""
    content = _KEYWORD + b"\0" + text.encode()
    chunk = pack(">I", len(content)) + b"tEXt" + content + pack(">I", zlib.crc32(b"tEXt" + content))
    at = len(_SIGNATURE) + _HEADER
    return picture[:at] + chunk + picture[at:]
