"""What the site is made of: its links are checked, and each family of the zoo has a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(__file__).parent.parent / "docs" / "site"


def checked(folder: Path) -> tuple[int, list[str]]:
    """What the check of links says of a folder."""
    done = subprocess.run([sys.executable, SITE / "links.py", folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_links_that_lead_somewhere(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="a.css"><a href="inner/b.html#here"></a><a href="https://example.org/"></a>'
    )
    (tmp_path / "a.css").write_text("")
    (tmp_path / "inner" / "b.html").write_text('<p id="here"><a href="../index.html#net=I784"></a><a href="#here"></a>')
    assert checked(tmp_path) == (0, [])


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<a href="b.html">', "index.html: no file b.html"),
        ('<a href="#there"><p id="here">', "index.html: no place #there"),
        ('<script src="https://example.org/a.js">', "index.html: loads https://example.org/a.js"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "index.html: loads //example.org/a.css"),
        ('<img src="a.png">', "index.html: no file a.png"),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path, html: str, complaint: str) -> None:
    (tmp_path / "index.html").write_text(html)
    assert checked(tmp_path) == (1, [complaint])


def test_a_family_has_a_page() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(SITE)!r}); from families import family_page; print(family_page('vgg'))"
    )
    page = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert page.startswith("# vgg\n")
    assert "**138,357,544** parameters" in page
    assert '<a href="../playground/index.html#net=zoo:vgg16">' in page
    assert page.count("<math") > 20
    assert "<svg" in page
