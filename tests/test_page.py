"""The page in a browser: built, served, and used as people do: ``tests/page.mjs`` tells what it saw.

``SYMCOUNT_PLAYGROUND`` names the folder in which ``.ci/media`` keeps what the page is built of; without it nothing
here runs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests import media

KEPT = os.environ.get("SYMCOUNT_PLAYGROUND", "")
if not KEPT:
    pytest.skip("SYMCOUNT_PLAYGROUND names no folder", allow_module_level=True)

SOURCES = Path(__file__).parent.parent / "docs" / "playground"
ALGEBRA = {"mpmath.zip", "sympy.zip"}
MOST_SERVED = 14_000_000
"""The most bytes before an answer on numbers."""


class Quiet(SimpleHTTPRequestHandler):
    """Any static server will do."""

    def log_message(self, *words: Any) -> None:
        pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The folder, the one file, and what the build printed."""
    place = tmp_path_factory.mktemp("page")
    words = (SOURCES / "build.py", "--kept", KEPT, place / "page", "--single", place / "page.html", "--wheel", place)
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=True)
    return place / "page", place / "page.html", done.stdout


@pytest.fixture(scope="module")
def address(built: tuple[Path, Path, str]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=built[0]))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def seen(built: tuple[Path, Path, str], address: str) -> dict[str, Any]:
    """What was seen in the browser."""
    pictures = media.ARTIFACTS.resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).parent / "page.mjs"
    places = (f"{KEPT}/node_modules", media.needs("chromium"), address, built[1], pictures)
    command = [media.needs("node"), str(script), *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_other_host_is_asked(seen: dict[str, Any], address: str) -> None:
    assert seen["hosts"] == [address.removeprefix("http://").rstrip("/")]
    assert seen["single"]["asked"] == ["file", "blob"]


def test_another_host_would_be_refused(seen: dict[str, Any]) -> None:
    assert seen["elsewhere"] == "refused"
    assert "violates the following Content Security Policy" in seen["refusals"][0]


def test_nothing_is_complained_of(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == []


def test_an_answer_on_numbers_needs_no_sympy(built: tuple[Path, Path, str], seen: dict[str, Any]) -> None:
    assert seen["numbers"]["params"] == "1,276,810"
    assert not ALGEBRA & set(seen["numbers"]["fetched"])
    assert set(seen["symbols"]["fetched"]) >= ALGEBRA
    folder = built[0]
    served = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name not in ALGEBRA)
    assert f"{served:,} bytes before sympy" in built[2]
    assert served <= MOST_SERVED


def test_symbols_have_a_formula_and_conditions(seen: dict[str, Any]) -> None:
    total, letter, condition = seen["symbols"]["formula"]
    assert "= 8192 m^{2} + 800 c + 12106" in total
    assert letter == r"m = \left\lfloor \frac{n}{4} \right\rfloor - 2"
    assert condition == r"n \ge 12"
    assert "note: H1 flattens 32×5×5" in seen["symbols"]["lines"]


def test_a_slider_moves_the_numbers_and_a_fixed_symbol_leaves_the_formula(seen: dict[str, Any]) -> None:
    assert seen["slid"] == "parameters at c = 1, n = 32"
    assert seen["fixed"] == [r"\displaystyle \text{parameters} = 800 c + 307018"]


def test_a_link_is_a_network(seen: dict[str, Any]) -> None:
    assert seen["link"].endswith("#net=I-C(32,5)-P2-C(32,3)-P2-H256-O10&with=c:1,n:32&fix=n")
    assert seen["linked"] == {"text": "I-C(32,5)-P2-C(32,3)-P2-H256-O10", "open": False}


def test_a_mistake_is_shown_in_its_place(seen: dict[str, Any]) -> None:
    assert seen["mistake"]["message"].splitlines() == [
        "C has no argument 'strid'",
        "  I(1,28x28)-C(32,5,strid=2)-P2-O10",
        "                    ^^^^^^^",
        "hint: did you mean stride?",
    ]
    assert (seen["mistake"]["marked"], seen["mistake"]["invalid"]) == ("strid=2", "true")
    assert seen["mended"] == {"message": "", "colours": ["I", "C", "P2", "O10"]}
    assert seen["completed"].endswith("-softplus")


def test_the_zoo_further_quantities_and_a_comparison(seen: dict[str, Any]) -> None:
    assert re.findall(r"[\d,]{5,}", seen["zoo"]["total"]) == ["138,357,544", "15,470,264,320"]
    rows = seen["compared"].splitlines()
    assert [row.split("\t")[1] for row in rows[1:]] == ["138,357,544", "132,863,336", "7,850"]


def test_a_pasted_config_becomes_a_network_and_a_picture(seen: dict[str, Any]) -> None:
    assert seen["pasted"]["message"] == ""
    assert seen["pasted"]["picture"].startswith("Architecture of I")


@pytest.mark.parametrize(
    ("piece", "part"),
    [
        ("formula latex", r"8192 m^{2} + 800 c + 12106,"),
        ("formula typst", "8192 m^(2) + 800 c + 12106"),
        ("formula markdown", "8192 m^{2}"),
        ("formula python", "return 8192*((n//4) - 2)**2 + 800*c + 12106\n"),
        ("formula json", '"n >= 12"'),
        ("table latex", r"\begin{tabular}"),
        ("table markdown", "| 1 | C1 |"),
        ("table csv", "1,C1,"),
        ("table json", '"params": 217706'),
        ("derivation latex", "217706"),
        ("derivation typst", "217706"),
        ("exam question markdown", "How many parameters"),
    ],
)
def test_what_is_copied(seen: dict[str, Any], piece: str, part: str) -> None:
    assert part in seen["copies"][piece]


def test_the_clipboard_holds_what_was_copied_last(seen: dict[str, Any]) -> None:
    assert seen["clipboard"] == [*seen["copies"].values()][-1]


def test_hostile_fragments_are_text(seen: dict[str, Any]) -> None:
    script, picture, comment, turned, broken, deep, values, nothing = seen["hostile"]
    assert [each["added"] for each in seen["hostile"]] == [0] * 8
    assert script["text"] == "<script>alert(1)</script>"
    assert "'<' cannot stand here" in script["message"]
    assert "'<' cannot stand here" in picture["message"]
    assert comment["message"] == ""
    assert "RIGHT-TO-LEFT OVERRIDE" in turned["message"]
    assert "'%' cannot stand here" in broken["message"]
    assert "at most 100 are read" in deep["message"]
    assert "no convention is called '<b>'" in values["message"]
    assert nothing["text"] == "I-C(32,5)-P2-C(32,3)-P2-H256-O10"
    assert "at most 250,000 are read" in seen["long"]


def test_what_takes_long_is_stopped_and_what_is_too_deep_is_told(seen: dict[str, Any]) -> None:
    assert seen["stopped"].startswith("A size that is left out")
    assert "more than Python can do in a browser" in seen["tooDeep"]


def test_it_works_without_a_network_once_it_was_open(seen: dict[str, Any]) -> None:
    assert seen["offline"]["params"] == "217,706"
    assert "8192 m^{2}" in seen["offline"]["formula"][0]


def test_the_page_is_found_where_its_package_is_installed(built: tuple[Path, Path, str]) -> None:
    [wheel] = built[0].parent.glob("*.whl")
    program = "from symcount.playground.serving import folder_of; print(folder_of('').name)"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(wheel.parent / "installed"), str(SOURCES.parent.parent)])
    }
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(wheel.parent / "installed")
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "symcount_page\n"


def test_one_file_works_from_a_disk(seen: dict[str, Any]) -> None:
    assert seen["single"]["params"] == "217,706"
    assert "8192 m^{2}" in seen["single"]["formula"][0]


def test_a_browser_that_cannot_says_so(seen: dict[str, Any]) -> None:
    assert "this browser has no WebAssembly" in seen["withoutWebAssembly"]


def test_it_is_accessible_and_fits_a_phone(seen: dict[str, Any]) -> None:
    assert seen["accessible"] == {"light": [], "dark": [], "phone": []}
    assert seen["mistake"]["accessible"] == []
    assert seen["phone"] <= 0


def test_pictures_are_kept(seen: dict[str, Any]) -> None:
    for name in ("wide", "dark", "phone", "mistake"):
        assert (media.ARTIFACTS / f"page-{name}.png").stat().st_size > 10_000
