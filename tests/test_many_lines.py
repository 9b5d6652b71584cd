"""Lines that are counted link by link say what they say when they are counted as a whole, byte for byte."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import cast

import duckdb
import pytest

import symcount as sc
from symcount.answers.batch import Totals
from symcount.counts import counted
from symcount.program.links import split
from symcount.quantities import QUANTITIES, quantity_named
from symcount.render.count_json import count_json
from symcount.render.lines import Lines
from symcount.render.view import View
from symcount.trace import chains
from tests.documents import ROOT, blocks
from tests.networks import network
from tests.seeds import chosen_seed

CELL = "{_|C(16,1,p=same)-BN-R|C(16,3,p=same)-BN-R|AP(3,s=1,p=1)}"
WRITTEN = [
    "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10",
    "I784-H800-R-H800-R-O10",
    "I(3,32x32)-[C(64,3,p=same)-BN-R]*3-O10",
    f"I(3,32x32)-C(16,3,p=1)-[{CELL}-C(16,1)]*2-{CELL}-GAP-O10",
    "I(9,20)-LSTM(5)-GRU(4)-LSTM(4,last=on)-H2",
    "I(9)-E(5,3)-R-R-{C(6,3,s=3)|P3}-[[C(4,1)-R]*2-BN]*3-O2",
    "I(3,13x13)-P2-P2-C(4,3,bias=off)-D(0.5)-F-O(3)",
    "I(3, 8x8) - C(4, k = 3) - moe(4,top=2)[Lin(4)] - res[Lin(4)-R] -O2",
    "I(3,8x8)-frozen[C(4,3)-BN]-seq-bi[LSTM(3)]",
    "I(7)-Lin(cin)-Lin(cin//2+1)-H(2^3)",
]
BLOCKS = [
    f"I(3,32x32)-C(16,3,p=1)-[{{{CELL}-C(16,1)-{{BN+R}}+_+C(16,1)-R}}]*5-res[C(16,3,p=1)-BN-res{{R+_}}]*2-GAP-O10",
    "I(3,32x32)-[[C(8,3,p=1)-R]*2-{P2|C(4,2,s=2)}]*3-{C(4,1)-BN+res[C(4,1)]-R}-O2",
    "I(5)-{H(3)-{Lin(cin+1)|R}-{_|_|H(2)}|[H(4)]}-[H(cin-1)-{R|_}]*3-O1",
    "I(4,9x9)-[frozen[C(4,1)-BN]-{res{C(4,1)+C(4,1)-R}+moe(3,top=1)[Lin(4)]}]-{[C(2,1)|_]*2|_}-O2",
    "I(4,9x9)-{C(4,1)-C(4,1)+C(4,1)-C(4,1)-C(4,1)}-{[[{C(4,3)}]]*2|[[C(4,3)*2]]}-C(4,1)-{C(4,1)}-O2",
    "I(9,20)-{LSTM(4)|LSTM(4)-R}-[{LSTM(4)|R}-LSTM(12)]*2-{H(3)|LSTM(12)-H(3)|H(2)-R-E(5,3)}-{R+R}-O2",
    "I(9)-{Lin(9)+R}-[E(9,3)-LSTM(9)-R-{H9|H9-R}-{E(3,4)-H9}]*2-O2",
    "I(3,8x8)-[C(2*i,1)-{R+_}]*(i=1..3)-[{C(4,1)-[R-{BN|R}]*(1+1)}]*2-seq-[{LSTM(3)+LSTM(3)}-bi[GRU(2)]]*2-O1",
]
"""Blocks that are taken apart, and such as cannot be."""

WHOLE = [
    "I(n)-O10", "I3-C", "I(3)-H2@a-H2-@a", "let w=3; I4-H(w)", "I4-cb(3,1)", "zoo:lenet5", "I3-I4-O2", "H3-O2", "I3",
    "I3-(H2)-O1", "I3-[H2-O1", "I3->H2", "I(1,2x2)-C(3,3)-O1", "-I3", "I3-", "I3-H2?-O1", "I3-Q-O1", "I3 # H2", "",
    "I3-[H2]*N-O1",
]  # fmt: skip
"""What needs more than its links, or is wrong; a single input is a chain of links too."""


def _drawn(draw: random.Random) -> Iterator[str]:
    yield from WRITTEN
    yield from BLOCKS
    yield from (_cells(draw) for _ in range(8))
    yield from (network(draw, likely=0, layers=draw.randrange(2, 12)).numbers for _ in range(150))
    for _ in range(60):
        links = [link for text in draw.sample([*WRITTEN, *BLOCKS], 2) for link in split(text)[1:]]
        yield f"I(3,{draw.randrange(5, 30)}x{draw.randrange(5, 30)})-" + "-".join(
            draw.sample(links, min(6, len(links)))
        )


def _cells(draw: random.Random) -> str:
    """Cells of which no two are alike, but their edges are."""
    edges = ("_", "R-C(8,1,bias=off)-BN", "R-C(8,3,p=1)-BN", "AP(3,s=1,p=1)", "res[C(8,1)-R]", "C(8,1)*2")

    def chain(depth: int) -> str:
        return "-".join(block(depth - 1) if draw.random() < 0.5 else draw.choice(edges) for _ in range(2))

    def block(depth: int) -> str:
        if depth <= 0:
            return draw.choice(edges)
        kind = draw.choice(("[{}]*2", "{{{}+{}}}", "{{{}|{}}}-C(8,1)", "res[{}]", "[{}]", "res{{{}+{}}}*3"))
        return kind.format(chain(depth), chain(depth))

    return "-".join(["I(8,12x12)", *(block(3) for _ in range(3)), "GAP-O2"])


def _whole(text: str, view: View, convention: str, exact: bool) -> str:
    try:
        return json.dumps(
            {"line": 7, **count_json(counted(text, {}, convention=convention, exact=exact), view)}, ensure_ascii=False
        )
    except sc.ArchitectureError as error:
        return f"refused: {error}"


@pytest.mark.parametrize(
    ("view", "convention", "exact"),
    [
        (View(), "textbook", False),
        (View(("macs", "activations", "size", "output", "biases"), channels_last=True), "keras", False),
        (View(depth=1), "torch", True),
    ],
)
def test_a_line_says_the_same_link_by_link(view: View, convention: str, exact: bool) -> None:
    draw = random.Random(f"links {chosen_seed()}")
    lines = Lines(view, convention, {}, exact=exact)
    texts = [*_drawn(draw), *WHOLE]
    answers = [(text, answer) for text in texts if (answer := lines.answer(text, 7)) is not None]
    assert len(answers) > 0.45 * len(texts)
    for text, answer in answers:
        assert answer == _whole(text, view, convention, exact)
    again = [lines.answer(text, 7) for text, _ in answers]
    assert again == [answer for _, answer in answers]


def test_blocks_are_counted_by_what_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(chosen_seed())
    lines = Lines(View(), "textbook", {}, exact=False)
    for _ in range(60):
        lines.answer(_cells(draw), 1)
    read: list[str] = []
    monkeypatch.setattr(chains, "link", lambda text, *, first: read.append(text))
    texts = [_cells(draw) for _ in range(20)]
    assert all(lines.answer(text, 1) for text in texts)
    assert not read


def test_what_is_nested_deeply_is_counted_as_a_whole() -> None:
    for depth in (15, 25, 45, 90):
        text = "I(3)-" + "[{" * depth + "R|R" + "}]*2" * depth
        assert Lines(View(), "textbook", {}, exact=False).answer(text, 7) in (
            None,
            _whole(text, View(), "textbook", False),
        )


def test_too_many_layers_are_too_many_in_blocks_too() -> None:
    cell = "[" + "-".join(["R"] * 50) + "]"
    few, many = ("-".join(["I3", *[f"[{{{'|'.join([cell] * 9)}}}-Lin3]"] * times]) for times in (10, 12))
    lines = Lines(View(), "textbook", {}, exact=False)
    assert lines.answer(few, 1) is not None
    assert lines.answer(many, 1) is None


@pytest.mark.parametrize("text", [text for text in WHOLE if text != "I3"])
def test_what_looks_beyond_its_link_is_counted_as_a_whole(text: str) -> None:
    assert Lines(View(), "textbook", {}, exact=False).answer(text, 1) is None


@pytest.mark.parametrize(
    "view", [View(("receptive-field",)), View(("memory",)), View(at="C1"), View(letters={"k": "n"})]
)
def test_a_view_that_looks_beyond_a_link_is_no_view_of_links(view: View) -> None:
    assert Lines(view, "textbook", {}, exact=False).answer(WRITTEN[0], 1) is None


def test_totals_are_those_of_each_line() -> None:
    names = ("params", "macs", "statistics", "output", "size")
    totals = Totals([quantity_named(name) for name in names], {}, "keras", {}, exact=False)
    for text in WRITTEN:
        assert totals.of(text) == tuple(sc.parse(text, convention="keras").of(name) for name in names)


def test_many_quantities_of_shipped_networks_are_the_same_link_by_link() -> None:
    names = [name for name in QUANTITIES if name != "kv"]
    texts = ["zoo:lenet5", "zoo:vgg16", WRITTEN[0], WRITTEN[2], WRITTEN[3]]
    columns = sc.count_batch(texts, of=names)
    for name in names:
        assert columns[quantity_named(name).key] == [sc.parse(text).of(name) for text in texts]


def test_a_batch_says_what_is_wrong_with_a_line() -> None:
    columns = sc.count_batch(["I784-H10", "I-Q", "I(n)-O10", ""])
    assert columns["params"] == [7850, None, None, None]
    assert [error and str(error).partition(":")[0] for error in columns["error"]] == [
        None, "unknown-layer", "open-symbols", "empty-text",
    ]  # fmt: skip
    assert sc.count_batch(["I(n)-O10"], n=5)["params"] == [60]


def test_what_is_known_is_forgotten_when_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Lines(View(), "textbook", {}, exact=False)
    expected = [lines.answer(text, 1) for text in WRITTEN]
    monkeypatch.setattr(chains, "MOST_KNOWN", 3)
    few = Lines(View(), "textbook", {}, exact=False)
    assert [few.answer(text, 1) for text in WRITTEN * 2] == expected * 2
    assert few._counter._chains._known < 20


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from symcount.cli import main; main()", "count", "--lines", *words]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = random.Random(3)
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    texts = [f"I(3,{draw.randrange(20, 90)}x64)-{CELL}-O{draw.randrange(2, 99)}" for _ in range(3000)]
    texts[7], texts[1500] = "I-Q", "# a remark"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def alone(file: Path) -> subprocess.CompletedProcess[bytes]:
    """What one process answers."""
    return subprocess.run(_command(str(file)), capture_output=True, check=False)


def test_several_processes_answer_as_one_does(file: Path, alone: subprocess.CompletedProcess[bytes]) -> None:
    several = subprocess.run(_command(str(file), "--jobs", "3"), capture_output=True, check=False)
    assert (alone.returncode, alone.stderr) == (1, b"")
    assert (several.returncode, several.stdout, several.stderr) == (1, alone.stdout, b"")
    assert len(alone.stdout.splitlines()) == 2999


def test_a_process_that_is_killed_loses_nothing(file: Path, alone: subprocess.CompletedProcess[bytes]) -> None:
    with subprocess.Popen(_command(str(file), "--jobs", "2"), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        first = running.stdout.readline()  # more than a pipe holds is still to come: they are at work, or wait
        killed = _workers(running.pid)
        for child in killed:
            os.kill(child, signal.SIGKILL)
        assert killed
        assert first + running.stdout.read() == alone.stdout


_CLUSTER = """
import os, sys
from distributed import Client, LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        print(cluster.scheduler_address, *client.run(os.getpid).values(), flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The address of a cluster of Dask of two workers, and the process of one of them."""
    script = tmp_path_factory.mktemp("cluster") / "cluster.py"
    script.write_text(_CLUSTER, encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            address, one, _ = running.stdout.readline().split()
            yield address, int(one)
        finally:
            running.stdin.close()


def test_the_lines_for_dask_in_the_documents_count(cluster: tuple[str, int], tmp_path: Path) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    [script] = [block["body"] for block in blocks(page, "python") if "Client(" in block["body"]]
    texts = [*WRITTEN, "I784-Q10"] * 200
    (tmp_path / "networks.txt").write_text("\n".join(texts), encoding="utf-8")
    (tmp_path / "documented.py").write_text(
        script.replace("tcp://scheduler:8786", cluster[0]) + "    import json\n\n    print(json.dumps(columns))\n",
        encoding="utf-8",
    )
    command = [sys.executable, "documented.py"]
    parts = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)
    assert [len(part["params"]) for part in parts] == [1000, 1000, 200]
    expected = sc.count_batch(texts, of=["params", "macs"])
    for name in ("params", "macs"):
        assert [value for part in parts for value in part[name]] == expected[name]
    assert [error is None for part in parts for error in part["error"]] == [
        error is None for error in expected["error"]
    ]


def test_a_cluster_answers_as_one_process_does_though_a_worker_is_killed(
    file: Path, cluster: tuple[str, int], alone: subprocess.CompletedProcess[bytes]
) -> None:
    address, one = cluster
    with subprocess.Popen(_command(str(file), "--dask", address), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        first = running.stdout.readline()  # more than a pipe holds is still to come: they are at work, or wait
        os.kill(one, signal.SIGKILL)
        assert first + running.stdout.read() == alone.stdout
    assert running.returncode == 1


@pytest.mark.parametrize(
    ("words", "said"), [(("--dask", "nowhere"), "no scheduler"), (("--dask", "x", "--jobs", "2"), "leave one of them")]
)
def test_a_cluster_that_is_none_is_told(table: Path, words: tuple[str, ...], said: str) -> None:
    done = subprocess.run(_command(str(table), *words), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def _workers(parent: int) -> list[int]:
    """The processes of a pool that are at work: the children that run Python's own starter of processes."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(parent)], capture_output=True, text=True, check=True
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]


TABLE = ["I(3,32x32)-C(16,3)-O10", "I3-Q,'2'", "# a remark", "I(n)-O3", "I(2,8x8)-C(4,3)", 'I3-\x1b[31m"H"']


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.txt"
    path.write_text("\n".join(TABLE), encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_of_networks_are_the_columns_of_a_batch(table: Path, jobs: str) -> None:
    columns = sc.count_batch([text for text in TABLE if text[0] != "#"], of=["params", "output"])
    errors = [error and str(error).replace("\x1b", "\\x1b") for error in columns["error"]]
    shapes = [shape and "x".join(map(str, shape)) for shape in cast("list[tuple[int, ...] | None]", columns["output"])]
    expected = [*zip([1, 2, 4, 5, 6], columns["params"], shapes, errors, strict=True)]
    words = [str(table), "--only", "params,output", "--jobs", jobs]
    shown = subprocess.run(_command(*words, "--format", "csv"), capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stderr) == (1, "")
    header, *rows = csv.reader(shown.stdout.splitlines())
    assert header == ["line", "params", "output", "error"]
    assert rows == [["" if each is None else str(each) for each in row] for row in expected]
    path = table.with_suffix(".parquet")
    assert subprocess.run(_command(*words, "-o", str(path)), check=False).returncode == 1
    assert duckdb.execute(f"SELECT * FROM '{path}'").fetchall() == expected
    assert sorted(each.name for each in table.parent.iterdir()) == ["table.parquet", "table.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "csv"), "no layers"),
        (("--format", "latex"), "not written as latex"),
        (("--only", "params", "--format", "csv", "-o", "rows.jsonl"), "its ending says jsonl"),
        (("--only", "parms", "-o", "rows.csv"), "did you mean params?"),
        (("--only", "params", "-o", "nowhere/rows.csv"), "cannot be written"),
    ],
)
def test_rows_that_are_not_written(table: Path, words: tuple[str, ...], said: str) -> None:
    done = subprocess.run(_command(str(table), *words), capture_output=True, text=True, check=False, cwd=table.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert [*table.parent.iterdir()] == [table]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_disk_that_is_full_is_told_of_rows(file: Path, ending: str) -> None:
    path = file.with_suffix(f".{ending}")
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); from symcount.cli import main; main()"
    words = ["count", "--lines", str(file), "--only", "params,macs", "-o", str(path)]
    # what measures coverage would fail to save its own file
    environment = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_START"}
    done = subprocess.run(
        [sys.executable, "-c", limited, *words], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (2, f"error: {path} cannot be written: File too large\n")
    assert not [each for each in file.parent.iterdir() if each.suffix == ".part"]


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    with subprocess.Popen(_command("-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for units in (2, 3):
            running.stdin.write(f"I3-H{units}\nI3-".encode() if units == 2 else b"H3\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["total"]["params"] == 4 * units
        running.stdin.write(b"I3-H4")
        running.stdin.close()
        assert json.loads(running.stdout.read())["line"] == 3
        assert running.wait() == 0


def test_an_interrupt_leaves_whole_answers(tmp_path: Path) -> None:
    lines, path = tmp_path / "lines.txt", tmp_path / "rows.jsonl"
    lines.write_text("I(3,32x32)-C(16,3)-P2-O10\n" * 10**6, encoding="utf-8")
    # a shell that runs this in the background has its processes ignore an interrupt
    script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script += "from symcount.cli import main; main()"
    words = ["count", "--lines", str(lines), "-o", str(path)]
    with subprocess.Popen([sys.executable, "-c", script, *words], stderr=subprocess.PIPE) as running:
        while not (path.exists() and path.stat().st_size > 10**6):
            assert running.poll() is None
            sleep(0.01)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        assert running.stderr.read() == b""
        assert running.wait() == 130
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [each["line"] for each in answers] == [*range(1, len(answers) + 1)]
    assert path.read_bytes().endswith(b"\n")
