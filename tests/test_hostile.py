"""Text, names and letters that others wrote: nothing in them steers a terminal, in any medium, or opens a file."""

from __future__ import annotations

import html
import json
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from symcount.cli.derive import FORMATS
from symcount.errors import visible
from symcount.render.media import media_for
from symcount.syntax import parse, tables
from symcount.syntax.parser import _parser
from tests.running import Done, Run

ESCAPES = "\x1b[31m\x07\x7f\x9b2J\r\u202e\u2066\u200f\u061c\u2028"
COMMENTED = f"I(3,8x8)-C(4,3)-H(n)  #{ESCAPES}"
NETWORK = ("count", "check", "fmt", "formula", "derive")
FORMATS_OF = {
    "count": (*media_for("table"), "json"),
    "compare": (*media_for("table"), "json"),
    "formula": (*media_for("formula"), "json"),
    "derive": tuple(each for each in FORMATS if each != "pdf"),
    "layers": media_for("table"),
    "zoo": (*media_for("table"), "json"),
}


def steering(text: str) -> list[str]:
    """The characters of a text that steer a terminal or turn the writing round, told by Unicode's own classes."""
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return [
        char
        for char in text
        if (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\n\t")
        or unicodedata.bidirectional(char) in turning
        or char in "\u200e\u200f\u061c"
    ]


def assert_plain(done: Done) -> None:
    assert steering(done.out + done.err) == []
    assert "symcount failed" not in done.err


def in_shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which SYMCOUNT is the command."""
    asked = f"{sys.executable} -c 'from symcount.cli import main; main()'"
    return subprocess.run(["bash", "-c", line.replace("SYMCOUNT", asked)], capture_output=True, text=True, check=False)


def test_steering_characters_are_seen() -> None:
    assert len(steering(ESCAPES)) == 10
    assert steering("⌊n/2⌋ − 1 × 2\n\té") == []


def test_each_is_shown_as_an_escape_and_others_stay() -> None:
    assert visible("a\x1b\u202e\udcff\nü\\") == "a\\x1b\\u202e\\udcff\\nü\\"
    assert visible("a\n\tb\r", "\n\t") == "a\n\tb\\r"
    assert not steering(visible("".join(map(chr, range(0x11000)))))
    assert [char for char in map(chr, range(0x11000)) if steering(visible(char))] == []


@pytest.mark.parametrize(
    ("name", "medium"), [(name, medium) for name in FORMATS_OF for medium in FORMATS_OF[name] if name in NETWORK]
)
@pytest.mark.parametrize("bindings", [(), ("n=4",)])
def test_comments_reach_no_output(run: Run, name: str, medium: str, bindings: tuple[str, ...]) -> None:
    done = run(name, COMMENTED, *bindings, "--format", medium)
    assert done.status == 0
    assert_plain(done)


@pytest.mark.parametrize("medium", FORMATS_OF["compare"])
def test_the_names_of_compare_are_made_safe(run: Run, medium: str) -> None:
    done = run("compare", "I3-H3", f"I3-H4 #|</math><script>{ESCAPES}\n", "--format", medium)
    assert done.status == 0
    assert_plain(done)
    if medium == "json":
        assert json.loads(done.out)["networks"][1]["architecture"].endswith(f"{ESCAPES}\n")
    elif medium in ("text", "markdown"):
        assert len(done.out.splitlines()) == 3 + (medium == "markdown")


@pytest.mark.parametrize("name", [*NETWORK, "compare", "zoo", "layers", f"x{ESCAPES}"])
@pytest.mark.parametrize(
    "words",
    [
        (f"I3-{ESCAPES}",), (f"{ESCAPES}.arch",), (f"zoo:{ESCAPES}",), (f"--{ESCAPES}",), ("I3-H(n)", f"n={ESCAPES}"),
        ("I3-H(n)", f"{ESCAPES}=3"), ("I3", "--format", ESCAPES), ("I3", "--at", ESCAPES), ("I3", "--of", ESCAPES),
        ("I3-H3", "--letters", f"c={ESCAPES}"), ("I3", "--convention", ESCAPES), ("I3", "--assume", ESCAPES),
        ("I3-H3", "--collect", ESCAPES), ("I3-H3", "-o", f"/none/{ESCAPES}"),
    ],
)  # fmt: skip
def test_what_is_refused_is_shown_with_escapes(run: Run, name: str, words: tuple[str, ...]) -> None:
    done = run(name, *words)
    assert done.status == 2
    assert_plain(done)


@pytest.mark.parametrize("medium", [None, "json"])
def test_a_stream_of_hostile_lines(run: Run, medium: str | None) -> None:
    stream = f"I3-H3 #{ESCAPES}\nI3-{ESCAPES}\n\udcff\n".encode(errors="surrogateescape")
    done = run("count", "--lines", "-", stdin=stream)
    assert done.status == 1
    assert_plain(done)
    # of the characters in the line "\u2028" ends none, and neither does "\r" or "\x1c"
    assert [json.loads(line)["line"] for line in done.out.split("\n")[:-1]] == [1, 2, 3]


LETTERS = ("|x|", "</math><script>", ESCAPES, "a b", "$", "1x", "\\input", "")
DENSE = "I(3,8x8)-H3"
RULED = [("count", "I3-H3"), ("derive", "I3-H3"), ("layers", "H"), ("layers",), ("layers", "freeze")]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("words", RULED)
def test_no_command_takes_a_letter_that_is_none(run: Run, words: tuple[str, ...], letter: str) -> None:
    done = run(*words, "--letters", f"c={letter}")
    assert done.status == 2, done.out
    assert_plain(done)


@pytest.mark.parametrize("words", [("count", DENSE), ("derive", DENSE), ("layers", "H"), ("layers",)])
def test_two_letters_never_become_one(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--letters", "c=n")
    assert done.status == 0
    # a dense layer has (c*n^2 + 1)*u parameters: with n for c, another letter stands for n
    assert "n*N^2" in done.out or "n·N²" in done.out
    assert "n^3" not in done.out
    assert run(*words, "--letters", "c=z,n=z").status == 2


def test_the_letters_of_data_are_those_of_the_table(run: Run) -> None:
    done = run("count", "I(3,8x8)-C(4,3)-[H3-R]", "--letters", "c=n", "--format", "json")
    layers = json.loads(done.out)["layers"]
    assert [layers[0]["rule"], layers[1]["layers"][0]["rule"]] == ["(k^2*n + 1)*f", "(n*N^2 + 1)*u"]


def test_a_letter_moves_out_of_the_way_however_many_are_taken(run: Run) -> None:
    done = run("count", "I(2,9)-C(4,3)", "--letters", "c=k,f=K,n=k_0,g=k_1")
    assert done.status == 0
    assert "k_2*k + 1" in done.out


def test_a_line_is_never_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.arch").write_text("I3-H3", encoding="utf-8")
    done = run("count", "--lines", "-", stdin="secret.arch\n-\nzoo:resnet18\nI3-H3\n")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["line"] for answer in answers] == [1, 2, 3, 4]
    assert ["error" in answer for answer in answers] == [True, True, False, False]
    assert (
        answers[2]["total"]["params"]
        == json.loads(run("count", "zoo:resnet18", "--format", "json").out)["total"]["params"]
    )
    os.mkfifo("pipe.arch")  # a reader of it would wait for ever
    assert json.loads(run("count", "--lines", "-", stdin="pipe.arch\n").out)["error"]["code"] == "unknown-character"


def test_a_line_that_outgrows_a_limit_is_told_and_the_others_are_counted(run: Run) -> None:
    done = run("count", "--lines", "-", stdin=f"I3-[H3]{'*(10^99)' * 44}\nI3-H3\n")
    first, second = map(json.loads, done.out.splitlines())
    assert (done.status, first["error"]["code"], second["total"]["params"]) == (1, "limit", 12)


@pytest.mark.parametrize("medium", FORMATS_OF["count"])
def test_a_number_too_long_to_be_printed(run: Run, medium: str) -> None:
    done = run("count", f"I3-[H3]{'*(10^99)' * 44}", "--format", medium)
    message = "a number has more than 4,300 digits, the most that are printed"
    assert (done.status, done.out) == (2, "")
    if medium == "json":
        assert json.loads(done.err)["error"]["message"] == message
    else:
        assert done.err == f"error: {message}\n"


@pytest.mark.parametrize("name", ["self", "name", "source", "values", "bindings"])
def test_a_symbol_may_have_the_name_of_a_parameter_of_ours(run: Run, name: str) -> None:
    done = run("compare", f"I({name})-H3", "I4-H3", f"{name}=3")
    assert (done.status, done.out.split()[6:8]) == (0, ["12", "0"])
    assert run("count", f"I({name})-H3", f"{name}=3").status == 0


def test_a_table_is_not_as_wide_in_each_line_as_in_its_widest_cell(run: Run) -> None:
    sizes = [len(run("count", "I3" + "-free" * count).out) for count in (100, 200, 400)]
    assert sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0])


@pytest.mark.parametrize(
    ("name", "medium"),
    [("x.pdf", "pdf"), ("x.md", "markdown"), ("x.TEX", "latex"), ("x.html", "html"), ("x.typ", "typst"),
     ("x.json", "json"), ("x.txt", "text"), ("x", "text"), ("x.md.bak", "text")],
)  # fmt: skip
def test_the_format_is_that_of_the_name(run: Run, tmp_path: Path, name: str, medium: str) -> None:
    by_name, asked = tmp_path / name, tmp_path / "asked"
    assert run("derive", "I3-H3", "-o", str(by_name)).status == 0
    assert run("derive", "I3-H3", "--format", medium, "-o", str(asked)).status == 0
    if medium == "pdf":
        assert by_name.read_bytes()[:5] == asked.read_bytes()[:5] == b"%PDF-"
    else:
        assert by_name.read_bytes() == asked.read_bytes()


def test_a_format_that_the_name_contradicts_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    done = run("derive", "I3-H3", "-o", str(file), "--format", "text")
    assert (done.status, file.exists()) == (2, False)
    assert "its ending .pdf says pdf" in done.err


def test_a_dash_is_standard_output(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("derive", "I3-H3", "-o", "-").out == run("derive", "I3-H3").out != ""
    assert [*tmp_path.iterdir()] == []


def test_a_file_keeps_its_permissions_and_a_link_its_aim(run: Run, tmp_path: Path) -> None:
    file, link = tmp_path / "solution", tmp_path / "link"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    assert run("derive", "I3-H3", "-o", str(link)).status == 0
    assert (link.is_symlink(), stat.S_IMODE(file.stat().st_mode)) == (True, 0o640)
    assert file.read_text(encoding="utf-8").startswith("Parameters")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "solution"]


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "solution"
    file.write_text("old", encoding="utf-8")
    long = "I(1,64x64)" + "-C(8,3)" * 20
    # the limit is for all files of the process: what measures coverage would fail to save its own
    done = in_shell(f"unset COVERAGE_PROCESS_START; trap '' XFSZ; ulimit -f 1; SYMCOUNT derive '{long}' -o {file}")
    assert (done.returncode, done.stderr) == (2, f"error: {file} cannot be written: File too large\n")
    assert file.read_text(encoding="utf-8") == "old"
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "words", ["count I3-H3", "derive I3-H3 --format pdf", "zoo --format markdown", "--help", "--version"]
)
def test_output_that_cannot_be_written(words: str) -> None:
    done = in_shell(f"SYMCOUNT {words} >/dev/full")
    assert (done.returncode, done.stderr) == (2, "error: cannot write: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_json_that_cannot_be_written() -> None:
    done = in_shell("SYMCOUNT zoo --format json >/dev/full")
    error = {"code": "no-file", "message": "cannot write: No space left on device", "column": None, "hint": None}
    assert (done.returncode, json.loads(done.stderr)) == (2, {"error": error})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("SYMCOUNT count I3-H3 >&-", "cannot write: standard output is closed"),
        ("SYMCOUNT derive I3-H3 >&-", "cannot write: standard output is closed"),
        ("SYMCOUNT count - <&-", "standard input cannot be read: it is closed"),
        ("SYMCOUNT count --lines - <&-", "standard input cannot be read: it is closed"),
    ],
)
def test_closed_streams_are_told(line: str, message: str) -> None:
    done = in_shell(line)
    assert (done.returncode, done.stderr) == (2, f"error: {message}\n")


def test_closed_streams_that_nobody_needs(tmp_path: Path) -> None:
    file = tmp_path / "solution"
    assert in_shell(f"SYMCOUNT derive I3-H3 -o {file} >&- <&-").returncode == 0
    assert file.read_text(encoding="utf-8").startswith("Parameters")
    assert in_shell("SYMCOUNT count I-Q 2>&-").returncode == 2


def test_who_stops_reading_is_told_nothing() -> None:
    done = in_shell("(sleep 1; SYMCOUNT layers; echo $? >&2) | true")
    assert done.stderr == "141\n"


@pytest.mark.parametrize("failure", [KeyboardInterrupt, MemoryError, RecursionError, KeyError])
def test_whatever_happens_ends_in_a_line(failure: type[BaseException]) -> None:
    script = (
        "import sys; from symcount.cli import commands, main\n"
        "def fails(name):\n"
        f"    raise {failure.__name__}('x')\n"
        "commands.import_module = fails\n"
        "sys.argv[1:] = ['count', 'I3-H3']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    interrupted = failure is KeyboardInterrupt
    assert done.returncode == (130 if interrupted else 2)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip() == "" if interrupted else done.stderr.startswith("error: ")


@pytest.mark.parametrize("module", ["click", "symcount.cli.output", "symcount.cli.count", "lark", "symcount.syntax"])
def test_ctrl_c_while_a_module_is_loaded_ends_without_a_word(module: str) -> None:
    script = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from symcount.cli import main\n"
        "sys.argv[1:] = ['count', 'I3-H3']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_damaged_tables_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tables.read("architecture.tables")
    grammar = tables.read("architecture.lark")
    for damaged in (
        whole.replace('"data":', '"date":'),
        whole.replace("[0,", "[1,", 1),
        whole[:-9],
        whole.partition("\n")[2],
    ):
        assert damaged != whole
        monkeypatch.setattr(tables, "read", lambda name, text=damaged: text if name.endswith("tables") else grammar)
        assert tables.saved_tables() is None
        _parser.cache_clear()
        assert parse("I3-H3").statements
    _parser.cache_clear()


def test_html_holds_no_markup_of_others(run: Run) -> None:
    done = run("derive", "I(3)-H(n)@a  # <script>", "--format", "html")
    assert "<script" not in html.unescape(done.out)
