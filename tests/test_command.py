"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import re
import shlex
import subprocess
import sys
from functools import _lru_cache_wrapper
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import symcount as sc
from tests.running import Done, Run

LASAGNE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
GENERAL = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"
COMMANDS = ("count", "formula", "fmt", "check", "layers")


def in_shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a line of the shell in which SYMCOUNT is the command."""
    command = f"{sys.executable} -c 'from symcount.cli import main; main()'"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("SYMCOUNT", command)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def rows(text: str) -> list[list[str]]:
    """The words of a table's lines, up to the blank line under it."""
    return [line.split() for line in text.partition("\n\n")[0].splitlines()]


def test_a_table_is_counted(run: Run) -> None:
    done = run("count", LASAGNE)
    assert (done.status, done.err) == (0, "")
    assert rows(done.out) == [
        ["#", "name", "layer", "output", "rule", "values", "params"],
        ["0", "I", "I(1,28x28)", "1×28×28"],
        ["1", "C1", "C(32,5)", "32×24×24", "(k^2*c", "+", "1)*f", "(5*5*1", "+", "1)*32", "832"],
        ["2", "P1", "P2", "32×12×12", "0"],
        ["3", "C2", "C(32,3)", "32×10×10", "(k^2*c", "+", "1)*f", "(3*3*32", "+", "1)*32", "9,248"],
        ["4", "P2", "P2", "32×5×5", "0"],
        ["5", "H1", "H256", "256", "(c*n^2", "+", "1)*u", "(32*5*5", "+", "1)*256", "205,056"],
        ["6", "O1", "O10", "10", "(n", "+", "1)*u", "(256", "+", "1)*10", "2,570"],
        ["total", "10", "217,706"],
    ]
    assert "trainable 217,706, frozen 0, statistics 0" in done.out
    assert "convention: textbook" in done.out
    assert "note: H1 flattens 32×5×5 (Lin would keep the axes)" in done.out


@pytest.mark.parametrize("arguments", [(LASAGNE,), (GENERAL, "n=28", "c=1"), ("--format", "text", LASAGNE)])
def test_count_is_the_command_where_none_is_named(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == run("count", *arguments)
    assert rows(run(*arguments).out)[-1] == ["total", "10", "217,706"]


def test_a_text_comes_from_standard_input_or_a_file(run: Run, tmp_path: Path) -> None:
    asked = run("count", LASAGNE)
    assert run("count", "-", stdin=f"{LASAGNE}\n") == asked
    path = tmp_path / "lasagne.arch"
    path.write_text(f"{LASAGNE}  # as it was asked\n", encoding="utf-8")
    assert run("count", str(path)) == asked


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"I784-H\xff", "is not UTF-8 text, at byte 6"), (b"", "there is no layer in this text")],
)
def test_standard_input_that_holds_no_network(run: Run, content: bytes, part: str) -> None:
    done = run("count", "-", stdin=content)
    assert (done.status, done.out) == (2, "")
    assert part in done.err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("count", str(tmp_path / "none.arch"))
    assert (done.status, done.out) == (2, "")
    assert "cannot be read: No such file" in done.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("count", "I-Q"), "no layer is called 'Q'\n  I-Q\n    ^"),
        (("count", "I(1,28x28"), "^"),
        (("count", "I-[C(3,3)]*(1/2)"), "a count is a whole number"),
        (("count", LASAGNE, "n=28"), "the network has no symbol 'n'"),
        (("count", GENERAL, "n"), "'n' is not a binding\nhint: write it as n=28"),
        (("count", GENERAL, "n="), "is not a binding"),
        (("count", GENERAL, "n=28", "n=29"), "n is given twice"),
        (("count", GENERAL, "n=" + "9" * 10_000), "at most 100 are read"),
        (("count", GENERAL, "n=11"), "the smallest input that would do is 12×12"),
        (("count", LASAGNE, "--at", "C9"), "the network has no layer 'C9'"),
        (("count", LASAGNE, "--of", "weigths"), "did you mean weights?"),
        (("count", LASAGNE, "--letters", "c"), "'c' is not a change of letter"),
        (("count", LASAGNE, "--convention", "kears"), "no convention is called 'kears'"),
        (("count", "I(1,8x8)-C(2,3,s=2)", "--exact"), "stride (=2) does not divide"),
        (("formula", "I-Q"), "no layer is called 'Q'"),
        (("formula", GENERAL, "--collect", "z"), "its symbols are: c, n"),
        (("formula", GENERAL, "--assume", "n is nice"), "hint: write 'n % 32 == 0', 'n >= 64'"),
        (("formula", GENERAL, "--assume", "n % 4 == 4"), "is never true: a remainder by 4 is less than 4"),
        (("fmt", "I-C("), "hint: put ')' where it ends"),
        (("check", "I-C(3,strid=2)"), "did you mean stride?"),
        (("layers", "conw"), "did you mean conv?"),
        (("count", "--lines", "nowhere.txt"), "nowhere.txt cannot be read"),
    ],
)
def test_bad_input_is_told_on_standard_error_alone(run: Run, arguments: tuple[str, ...], part: str) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert part in done.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("count",), "count needs ARCH", "symcount count [OPTIONS] ARCH [NAME=VALUE]...; -h shows examples"),
        (("compare",), "compare needs ARCH", "symcount compare [OPTIONS] ARCH"),
        (("count", LASAGNE, "--format", "jsn"), "--format is one of text, markdown, latex, ", "mean json?"),
        (("count", LASAGNE, "--depth", "x"), "--depth: 'x' is not a valid", "symcount count --help shows"),
        (("formula", LASAGNE, "--collet", "n"), "there is no option --collet", "did you mean --collect?"),
        (("fmt", "I", "O"), "got unexpected extra argument (O)", "symcount fmt --help shows how it is used"),
        (("cuont", "I3-H3"), "no command is called 'cuont'", "did you mean count?"),
        (("help", "fromula"), "no command is called 'fromula'", "did you mean formula?"),
        (("alexnet",), "no command is called 'alexnet'", "the network is zoo:alexnet"),
        (("resnet",), "no command is called 'resnet'", "networks of that name: symcount zoo resnet"),
        (("nothing",), "no command is called 'nothing'", "symcount help lists the commands"),
    ],
)
def test_a_misused_command_is_told_as_any_mistake_is(
    run: Run, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    first, second = done.err.splitlines()
    assert first.startswith(f"error: {message}")
    assert second.startswith("hint: ")
    assert hint in second


def test_no_word_at_all_shows_the_overview(run: Run) -> None:
    done = run()
    assert (done.status, done.out) == (2, "")
    assert done.err == run("help").out == run("--help").out
    assert run("help", "derive") == run("derive", "--help")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("count", "I-Q", "--format", "json"), "unknown-layer"),
        (("formula", "I-Q", "--format=json"), "unknown-layer"),
        (("zoo", "nothing-such", "--format", "json"), "unknown-model"),
        (("count", "--format", "json"), "usage"),
        (("count", "I3-H3", "--nothing", "--format", "json"), "usage"),
        (("--format", "json", "I-Q"), "unknown-layer"),
    ],
)
def test_an_error_is_json_where_the_answer_would_be(run: Run, arguments: tuple[str, ...], code: str) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    error = json.loads(done.err)["error"]
    assert error["code"] == code
    assert list(error) == ["code", "message", "column", "hint"]


@pytest.mark.parametrize("command", [(), *((each,) for each in COMMANDS)])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example_that_works(run: Run, command: tuple[str, ...], option: str) -> None:
    done = run(*command, option)
    assert (done.status, done.err) == (0, "")
    examples = [line.strip() for line in done.out.splitlines() if line.startswith("  symcount ")]
    assert examples
    for example in examples:
        words = next(csv.reader([example], delimiter=" ", quotechar="'"))[1:]
        assert run(*words).status == 0, example


def test_the_version_is_that_of_the_package(run: Run) -> None:
    try:
        expected = version("symcount")
    except PackageNotFoundError:
        pytest.skip("the package is not installed: it has no version")
    assert run("--version") == run("-V") == (0, f"symcount {expected}\n", "")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "symcount", "fmt", "I784-O10"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "I784-O10\n", "")


def test_one_layer_by_name_number_and_label(run: Run) -> None:
    text = "I(1,28x28)-C(32,5)@first-P2-O10"
    by_name = run("count", text, "--at", "C1")
    assert rows(by_name.out)[1][:4] == ["1", "C1", "@first", "C(32,5)"]
    assert len(rows(by_name.out)) == 2
    assert run("count", text, "--at", "1") == by_name == run("count", text, "--at", "first")


def test_several_quantities(run: Run) -> None:
    done = run("count", LASAGNE, "--of", "weights", "--of", "biases", "--of", "size")
    assert rows(done.out)[0][-4:] == ["params", "weights", "biases", "size"]
    assert rows(done.out)[2][-4:] == ["832", "800", "32", "18,432"]
    assert rows(done.out)[-1] == ["total", "10", "217,706", "217,376", "330", "10"]


def test_channels_may_be_shown_last(run: Run) -> None:
    done = run("count", LASAGNE, "--channels", "last")
    assert [row[3] for row in rows(done.out)[1:4]] == ["28×28×1", "24×24×32", "12×12×32"]
    data = run("count", LASAGNE, "--channels", "last", "--format", "json").data
    assert data["input"] == [28, 28, 1]


def test_letters_may_be_chosen(run: Run) -> None:
    letters = ("--letters", "c=l", "--letters", "k=n", "--letters", "f=k")
    assert "(n^2*l + 1)*k" in run("count", "I(32,9x9)-C(64,3)", *letters).out
    assert "(n^2*l" in run("layers", "C", *letters).out


@pytest.mark.parametrize(("convention", "total"), [("textbook", "12"), ("torch", "12"), ("keras", "24")])
def test_every_output_names_its_convention(run: Run, convention: str, total: str) -> None:
    arguments = ("I(6,8x8)-BN", "--convention", convention)
    done = run("count", *arguments)
    assert rows(done.out)[-1][-1] == total
    assert f"convention: {convention}" in done.out
    assert run("count", *arguments, "--format", "json").data["convention"] == convention
    assert f"convention: {convention}" in run("formula", *arguments).out
    assert run("formula", *arguments, "--format", "json").data["convention"] == convention


def test_json_of_a_count(run: Run) -> None:
    done = run("count", "I(1,9x9)-C(2,3)@a-H3", "--format", "json")
    assert done.data == {
        "architecture": "I(1,9x9)-C(2,3)@a-H3",
        "bindings": {},
        "symbols": [],
        "convention": "textbook",
        "input": [1, 9, 9],
        "layers": [
            {
                "index": 1, "name": "C1", "kind": "C", "text": "C(2,3)", "output": [2, 7, 7],
                "params": 20, "trainable": 20, "rule": "(k^2*c + 1)*f", "label": "a",
            },
            {
                "index": 2, "name": "H1", "kind": "H", "text": "H3", "output": [3],
                "params": 297, "trainable": 297, "rule": "(c*n^2 + 1)*u",
            },
        ],
        "total": {"params": 317, "trainable": 317, "frozen": 0, "statistics": 0, "non_trainable": 0},
        "output": [3],
        "notes": ["H1 flattens 2×7×7 (Lin would keep the axes)"],
    }  # fmt: skip


def test_json_of_a_symbolic_count_is_in_python_s_syntax(run: Run) -> None:
    data = run("count", "I(c,n)-C(2,3,s=2)-O", "o=m+1", "--format", "json", "--of", "size").data
    assert data["symbols"] == ["c", "n", "m"]
    assert data["bindings"] == {"o": "m+1"}
    assert data["output"] == ["m + 1"]
    total = data["total"]
    assert isinstance(total, dict)
    # 5 positions are left of n = 11: (3*3 + 1)*2 and (2*5 + 1)*4
    assert eval(total["params"], {"c": 3, "n": 11, "m": 3}) == 20 + 44
    assert data["conditions"] == ["n >= 3"]
    assert run("count", "I(c,9)-C(4,3,g=2)", "--format", "json").data["assumptions"] == ["(c % 2) == 0"]


def test_csv_of_a_count_is_for_a_program_to_read(run: Run) -> None:
    table = list(csv.DictReader(io.StringIO(run("count", LASAGNE, "--format", "csv").out)))
    assert [row["name"] for row in table] == ["I", "C1", "P1", "C2", "P2", "H1", "O1"]
    assert sum(int(row["params"] or 0) for row in table) == 217706
    assert table[1]["layer"] == "C(32,5)"


def test_markdown_and_latex_of_a_count(run: Run) -> None:
    markdown = run("count", LASAGNE, "--format", "markdown").out
    assert "| 1 | C1 | C(32,5) | $`32 \\times 24 \\times 24`$ | $`(k^{2} c + 1) f`$ |" in markdown
    latex = run("count", LASAGNE, "--format", "latex").out
    assert latex.startswith("{\\tabcolsep=4pt\\begin{tabular}{@{}rlllllr@{}}\n\\toprule\n")
    assert latex.count("\\\\\n") == 12
    assert "\\end{tabular}" in latex


def lines(done: Done) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.out.splitlines()]


def remembered_answers() -> int:
    """How many answers the project's functions hold that remember them; what is made once for all texts apart.

    Exams and the page ask of a network that they keep, and of one at a time.
    """
    every = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    ours = [each for each in every if each.__module__.startswith("symcount.") and each.cache_parameters()["maxsize"]]
    apart = ("symcount.algebra.sums.power_sums", "symcount.exam.", "symcount.playground.")
    return sum(each.cache_info().currsize for each in ours if not each.__module__.startswith(apart))


def test_memory_does_not_grow_with_the_lines(run: Run, tmp_path: Path) -> None:
    texts = [f"I(c{i},n{i})-C(f{i},3)-P2-H(u{i})-O10" for i in range(8)]
    for text in texts:
        sc.parse(text).formula().data()
    assert remembered_answers() > 20 * len(texts)
    file = tmp_path / "many.txt"
    file.write_text("\n".join(texts), encoding="utf-8")
    assert run("count", "--lines", str(file)).status == 0
    assert remembered_answers() == 0


def test_lines_are_counted_one_by_one(run: Run, tmp_path: Path) -> None:
    text = f"{LASAGNE}\n\n# a remark\nI784-H10\n"
    done = run("count", "--lines", "-", stdin=text)
    assert (done.status, done.err) == (0, "")
    assert [line["line"] for line in lines(done)] == [1, 4]
    assert [line["architecture"] for line in lines(done)] == [LASAGNE, "I784-H10"]
    path = tmp_path / "networks.txt"
    path.write_text(text, encoding="utf-8")
    assert run("count", "--lines", str(path)) == done


def test_a_bad_line_is_told_and_the_others_are_counted(run: Run) -> None:
    bad = ["I-Q", "I(1,28x28", "I" + "9" * 900, "I(n)-O", "[" * 100_000, "I(1,2x2)-C(3,3)"]
    done = run(
        "count",
        "--lines",
        "-",
        "n=3",
        "o=2",
        stdin="\n".join([*bad, "I784-H10", "I(n)-O\udcff"]).encode(errors="surrogateescape"),
    )
    assert (done.status, done.err) == (1, "")
    codes = [line["error"]["code"] if isinstance(line.get("error"), dict) else line["total"] for line in lines(done)]  # type: ignore[index]
    assert len(codes) == 8
    assert codes[:3] == ["unknown-layer", "unclosed-bracket", "too-many-digits"]
    assert codes[3] == {"params": 8, "trainable": 8, "frozen": 0, "statistics": 0, "non_trainable": 0}
    assert codes[4:] == ["too-deep", "too-small", "unknown-symbol", "unknown-character"]
    assert lines(done)[0]["error"] == {
        "code": "unknown-layer",
        "message": "no layer is called 'Q'",
        "column": 3,
        "hint": "symcount layers lists every kind",
    }


def test_lines_are_answered_as_they_come() -> None:
    command = [sys.executable, "-c", "from symcount.cli import main; main()", "count", "--lines", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for text, params in (("I784-H10", 7850), ("I10-O2", 22)):
            running.stdin.write(text + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["total"]["params"] == params
        running.stdin.close()
        assert running.wait(20) == 0


def test_a_formula(run: Run) -> None:
    done = run("formula", GENERAL)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "params = 8192*m^2 + 800*c + 12106",
        "where m = ⌊n/4⌋ - 2",
        "for n ≥ 12",
        "with n divisible by 4: 512*n^2 + 800*c - 8192*n + 44874",
        "convention: textbook",
        "note: H1 flattens its input (Lin would keep the axes)",
    ]


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("I(c,9)-C(f,3)", "--form", "factored"), "params = f*(3*c + 1)"),
        ((GENERAL, "--assume", "n % 4 == 0", "--form", "expanded"), "params = 512*n^2 + 800*c - 8192*n + 44874"),
        ((GENERAL, "c=1", "n=28"), "params = 217706"),
        ((GENERAL, "--of", "biases"), "biases = 330"),
        ((GENERAL, "--at", "C1"), "params of C1 = 800*c + 32"),
        (("I-C(f,3)-C(g,3)", "--collect", "f"), "params = (9*c + 9*g + 1)*f + g"),
        (("I(d)-H(d)-O1", "--format", "python"), "def params(d: int) -> int:"),
        ((GENERAL, "--format", "latex"), "% symcount formula 'I-C(32,5)-P2-C(32,3)-P2-H256-O10' --format latex"),
    ],
)
def test_formulas_in_other_forms(run: Run, arguments: tuple[str, ...], first: str) -> None:
    done = run("formula", *arguments)
    assert done.status == 0
    assert done.out.splitlines()[0].replace("$params$", "params") == first.replace("$params$", "params")


@pytest.mark.parametrize("text", [
    "I(3,32x32)-[C(3,3,p=1)-BN]*5-O10",
    "I(3,32x32)-C(8,3)-{C(8,3,p=1)+_}-P2-H9-O10",
    "def b(f) = [C(f,3,p=1)]*2; I(3,32x32)-b(4)-b(5)*3-GAP-O10",
    "I(16,8x8)-C(16,3,p=1)@a-&a*3-GAP-O10",
])  # fmt: skip
def test_a_formula_by_layers_counts_every_pass(run: Run, text: str) -> None:
    rule = run("formula", text, "--form", "layers").out.splitlines()[0].removeprefix("params = ")
    assert eval(rule.replace("^", "**")) == json.loads(run("count", text, "--format", "json").out)["total"]["params"]


def test_a_formula_by_layers_is_of_the_quantity_that_is_asked_for(run: Run) -> None:
    experts = ("formula", "I(8,20)-moe(8,top=2)[FF(32)]", "--form", "layers")
    assert run(*experts).out.splitlines()[0] == "params = 8*8 + 8*((8 + 1)*32 + (32 + 1)*8)"
    assert run(*experts, "--of", "active").out.splitlines()[0] == "active = 8*8 + 2*((8 + 1)*32 + (32 + 1)*8)"
    last = run("formula", "I(3,32x32)-C(8,3)-GAP", "--form", "layers", "--of", "size").out.splitlines()[0]
    assert last == "size = 8"


def test_the_formula_of_a_shape(run: Run) -> None:
    text = "I-C(32,5)-P2"
    assert run("formula", text, "--of", "output").out.splitlines()[:2] == [
        "output = 32×n_2×n_2",
        "where n_2 = ⌊n/2⌋ - 2",
    ]
    *_, shape = run("formula", text, "--of", "output", "--format", "python").out.splitlines()
    assert eval(shape.removeprefix("    return "), {"n": 28}) == (32, 12, 12)


def test_a_formula_by_layers(run: Run) -> None:
    out = run("formula", GENERAL, "--form", "layers").out.splitlines()
    assert out[0] == "params = (5*5*c + 1)*32 + (3*3*32 + 1)*32 + (32*n_4^2 + 1)*256 + (256 + 1)*10"
    assert out[1] == "where n_4 = ⌊n/4⌋ - 2"


@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "typst", "python", "json"])
@pytest.mark.parametrize("form", ["closed", "expanded", "factored", "layers"])
def test_every_form_in_every_medium(run: Run, form: str, medium: str) -> None:
    done = run("formula", GENERAL, "--form", form, "--format", medium)
    assert (done.status, done.err) == (0, "")
    assert "n" in done.out
    assert run("formula", "I-C-P-C-P-H-O", "--form", form, "--format", medium).status == 0


def test_json_of_a_formula(run: Run) -> None:
    data = run("formula", GENERAL, "--format", "json").data
    assert data["symbols"] == ["c", "n"]
    assert data["of"] == "params"
    assert data["latex"] == "8192 m^{2} + 800 c + 12106"
    assert data["where"] == {"m": "(n//4) - 2"}
    assert data["conditions"] == ["n >= 12"]
    assert data["assumptions"] == []
    assert eval(str(data["python"]), {"c": 1, "n": 28}) == 217706


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("I(1,8x8)-P(2,s=2)", "I(1,8x8)-P2"),
        ("I(1,8x8)-C(2,k=3,s=1)", "I(1,8x8)-C(2,3)"),
        ("I(1,8x8)-pad(before=0)", "I(1,8x8)-pad(before=0)"),
        ("I(1,8x8)-IN(affine=on,shift=on)", "I(1,8x8)-IN(affine=on)"),
        ("I(1,8x8)-CLSTM(4,3,bias=on)", "I(1,8x8)-CLSTM(4,3)"),
        ("INPUT(1, 28×28) -> conv2d(filters=32, kernel=5, stride=1) -> dense(10)", "I(1,28x28)-C(32,5)-H10"),
        ("I-[ C(3,3) - relu ]*3", "I-[C(3,3)-R]*3"),
        ("def b(f) = conv(f, 3); I(3,9)-b(4)", "def b(f) = C(f,3); I(3,9)-b(4)"),
        (LASAGNE, LASAGNE),
    ],
)
def test_a_text_is_brought_into_its_canonical_form(run: Run, text: str, canonical: str) -> None:
    assert run("fmt", text) == (0, f"{canonical}\n", "")
    assert run("fmt", canonical) == (0, f"{canonical}\n", "")


def test_check_says_what_is_wrong_or_worth_knowing(run: Run) -> None:
    assert run("check", "I784-H10-O3") == (0, "", "")
    assert run("check", "I(2,6x6)-C(2,3,s=2)-F-O3") == (
        0,
        "note: C1: the last row and column are never seen\n",
        "",
    )
    assert run("check", "I(c,9)-C(4,3,g=2)") == (0, "assuming 2 divides c\n", "")
    assert run("check", "I(3,9)-C(4,3,g=2)").status == 2


def test_the_reference_lists_every_kind_and_explains_each(run: Run) -> None:
    from symcount.layers import KINDS
    from symcount.program import WRAPPERS

    listed = {row[0] for row in rows(run("layers").out)[1:]}
    assert listed == {*KINDS, *WRAPPERS}
    for token in (*KINDS, *WRAPPERS):
        done = run("layers", token)
        assert (done.status, done.err) == (0, "")
        assert done.out.startswith(token)
    assert run("layers", "conv2d") == run("layers", "C")
    assert "(k^2*c/g + bias)*f" in run("layers", "C").out


def test_a_pipe_that_is_closed_leaves_no_traceback() -> None:
    done = in_shell("for i in $(seq 3000); do echo 'I784-H10'; done | SYMCOUNT count --lines - | head -n 1; true")
    assert json.loads(done.stdout)["total"]["params"] == 7850
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", ["layers", f"count '{GENERAL}'", "--help"])
def test_output_in_a_pipe_is_plain(arguments: str) -> None:
    done = in_shell(f"SYMCOUNT {arguments} | cat")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert not set("━─│┃") & set(done.stdout)


def on_terminal(arguments: str, **environment: str) -> str:
    """What a command prints on a terminal."""
    quoted = arguments.replace("'", "'\\''")
    script = f"script -qec '{sys.executable} -c \"from symcount.cli import main; main()\" {quoted}' /dev/null"
    environment = {"TERM": "xterm-256color", "COLUMNS": "120", **environment}
    return in_shell(script, **environment).stdout


def test_a_terminal_has_colour_unless_it_is_forbidden() -> None:
    coloured, plain = (on_terminal(f"'{LASAGNE}'", **more) for more in ({}, {"NO_COLOR": "1"}))
    assert "217,706" in coloured
    assert "\x1b[36m" in coloured
    assert "217,706" in plain
    assert "\x1b[36m" not in plain


@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize("arguments", ["count zoo:llama-3-8b --of statistics", "zoo", f"'{LASAGNE}'", f"'{GENERAL}'"])
def test_a_table_fits_a_terminal_and_no_number_is_cut(columns: int, arguments: str, run: Run) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(arguments, COLUMNS=str(columns)))
    plain = run(*shlex.split(arguments)).out
    numbers = {*re.findall(r"(?<=  )\d{2,3}(?:,\d{3})+(?=  |\n)", plain)}
    assert {number for number in numbers if number not in shown} == set()
    assert columns < 80 or max(map(len, shown.splitlines())) <= columns + 1


def test_output_is_utf_8_whatever_the_locale_says() -> None:
    done = in_shell(f"SYMCOUNT formula '{GENERAL}'", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "⌊n/4⌋" in done.stdout


def test_a_source_tree_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", unknown)
    assert run("--version") == (0, "symcount, from a source tree that is not installed\n", "")


def test_a_stream_of_another_kind_is_written_to(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert run("fmt", "I784-O10").out == ""
    assert stream.getvalue() == "I784-O10\n"
