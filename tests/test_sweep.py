"""Formulas over grids, held against one count after another: whole grids, what is kept, chosen and refused."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from time import sleep

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import symcount as sc
from symcount.answers.sweep import Axis, Grid, Selection, Sweep, axis
from symcount.answers.sweep import grid as grids
from symcount.quantities import quantity_named
from tests.networks import network
from tests.running import Run
from tests.seeds import chosen_seed

Row = tuple[int, ...]


def _sweep(text: str, values: dict[str, str], of: tuple[str, ...] = ("params",), where: tuple[str, ...] = ()) -> Sweep:
    axes = [found for name, given in values.items() if (found := axis(name, given)) is not None]
    return Sweep(sc.parse(text).counted, [*map(quantity_named, of)], Grid(axes), where)


def _rows(sweep: Sweep) -> list[Row]:
    return [
        row for block in sweep.blocks() for row in zip(*(each.tolist() for each in block.columns.values()), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "assumed", "is_met"),
    [
        ("I(2,n)-{P2-U2|_}-C(m,1)-O2", "n % 2 == 0", lambda n, m: n % 2 == 0),
        ("I(2,n)-P2-C(m,1)-O2", "n <= 3*m", lambda n, m: n <= 3 * m),
        ("I(2,n)-P3-C(m,1)-O2", "n == 2*m+1", lambda n, m: n == 2 * m + 1),
        ("I(2,n)-P2-C(m,1)-O2", "m divides n", lambda n, m: n % m == 0),
    ],
)
def test_points_at_which_an_assumption_fails_are_left_out(
    text: str, assumed: str, is_met: Callable[[int, int], bool], run: Run
) -> None:
    done = run("sweep", text, "n=1..12", "m=1..4", "--assume", assumed)
    axes = [Axis("n", range(1, 13)), Axis("m", range(1, 5))]
    expected = [row for row in _walked(text, axes, ("params",)) if row is not None and is_met(*row[:2])]
    assert done.status == 0, done.err
    assert done.out.split() == ["n,m,params", *(",".join(map(str, row)) for row in expected)]
    assert f"{48 - len(expected)} outside" in done.err


def _walked(text: str, axes: list[Axis], of: tuple[str, ...]) -> Iterator[Row | None]:
    """Each point of a grid by itself; None where the network does not exist."""
    for sizes in product(*(each.values for each in axes)):
        net = sc.parse(text)(**{each.name: size for each, size in zip(axes, sizes, strict=True)})
        try:
            yield (*sizes, *(net.of(each) for each in of))
        except sc.ArchitectureError:
            yield None


@pytest.mark.parametrize(
    ("text", "values", "of"),
    [
        ("I(c,n×n)-C(f,3)-P2-O10", {"c": "1,3", "n": "1..9", "f": "16..64:24"}, ("params", "macs")),
        ("I(c,n)-C(f,k,s=2)-C(f,k)-H(3)", {"c": "2", "n": "1..30:3", "f": "1,2", "k": "1..5"}, ("params", "size")),
        ("I(a)-H(min(a,b))-{Lin(b)|Lin(a)}-O(max(a,b,3))", {"a": "1..6", "b": "1..9:2"}, ("params", "activations")),
        ("I(d,9)-[{LN-MHA(h)+_}]*N", {"d": "4..12:2", "h": "1..4", "N": "1,5"}, ("params", "macs")),
        ("I(d)-[H(2*cin)]*N-O3", {"d": "1..3", "N": "1..90:20"}, ("params",)),
        ("I(n)-H(10^12*n)-O10", {"n": "1,1000000000,3"}, ("params",)),
        ("I(n)-H(10^30*n)-O10", {"n": "1..7"}, ("params", "macs")),
        ("I(3,n)-C(4,1)-[Lin(5)]*N-[Lin(f)]*M-O2", {"n": "0..2", "N": "0..2", "M": "0,2", "f": "1,3"}, ("params",)),
        ("I(8,6×6)-[C(f,3,p=1)-R]*n-GAP-O2", {"n": "0..3", "f": "2..4"}, ("params", "macs")),
        ("I(3,8)-[GRU()-swap]*N", {"N": "0..3", "r_1": "1..3"}, ("params",)),
        ("I(3,8)-[C(4,1)]*(N-M)-[C(f,3)]*M", {"N": "0..4", "M": "0..4", "f": "2,4"}, ("params",)),
    ],
)
def test_a_grid_is_what_its_points_are(text: str, values: dict[str, str], of: tuple[str, ...]) -> None:
    axes = [
        Axis(name, [*range(int(given), int(given) + 1)]) if axis(name, given) is None else axis(name, given)
        for name, given in values.items()
    ]
    sweep = Sweep(sc.parse(text).counted, [*map(quantity_named, of)], Grid([each for each in axes if each]), ())
    walked = [*_walked(text, [each for each in axes if each], of)]
    outside = walked.count(None)
    assert _rows(sweep) == [row for row in walked if row is not None]
    assert sum(block.outside for block in sweep.blocks()) == outside
    assert sum(block.points for block in sweep.blocks()) == len(walked)
    assert outside < len(walked)


def test_a_symbol_that_a_formula_does_not_hold_is_still_a_size() -> None:
    assert _rows(_sweep("I(3,n)-C(4,1)", {"n": "0..2"})) == [(1, 16), (2, 16)]


def test_random_networks_over_random_grids(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(f"sweep {chosen_seed()}")
    monkeypatch.setattr(grids, "BLOCK", 7)
    tried = 0
    while tried < 15:
        drawn = network(draw, likely=0.5, layers=3)
        if not 1 <= len(drawn.values) <= 4:
            continue
        axes = [
            Axis(name, sorted({value, value + 1, value + draw.randrange(2, 9)})) for name, value in drawn.values.items()
        ]
        sweep = Sweep(sc.parse(drawn.symbols).counted, [quantity_named("params")], Grid(axes), ())
        assert _rows(sweep) == [row for row in _walked(drawn.symbols, axes, ("params",)) if row is not None], drawn
        tried += 1


def test_numbers_past_64_bits_are_pythons_own() -> None:
    small, large = (_sweep("I(n)-H(n)-O1", {"n": given}) for given in ("1..1000000", f"{2**31},{2**70}"))
    assert (small.is_small, large.is_small) == (True, False)
    assert next(small.blocks()).columns["params"].dtype == np.int64
    assert _rows(large) == [(n, n * n + 2 * n + 1) for n in (2**31, 2**70)]
    edge = _sweep("I(n)-Lin(n,bias=0)", {"n": f"{2**31 + 5},{3037000499}"})
    assert _rows(edge) == [(n, n * n) for n in (2**31 + 5, 3037000499)]


@pytest.mark.parametrize(("bits", "least", "most"), [((20, 28), 63, 127), ((40, 60), 127, 500)])
def test_a_checksum_of_a_grid_past_64_and_128_bits(bits: tuple[int, int], least: int, most: int) -> None:
    first, last = (2**each for each in bits)
    values = {"c": "1,3", "f": f"{first}..{last}:{last // 40}", "n": f"{first}..{last}:{last // 40 + 1}"}
    text, of = "I(c,n×n)-C(f,3)-P2-C(2*f,3,s=2)-P2-H(n//4)-O10", ("params", "macs")
    params, macs = (sc.parse(text).compiled(name) for name in of)
    axes = [found for name, given in values.items() if (found := axis(name, given)) is not None]
    points = [dict(zip("cfn", point, strict=True)) for point in product(*(each.values for each in axes))]
    expected = [sum(each(**point) for point in points) for each in (params, macs)]
    assert 2**least < min(params(**point) for point in points)
    assert max(macs(**point) for point in points) < 2**most
    blocks = [*_sweep(text, values, of).blocks()]
    assert [sum(sum(block.columns[name].tolist()) for block in blocks) for name in of] == expected


@pytest.mark.parametrize("block", [1, 5, 2**16])
def test_what_is_needed_only_sometimes_is_asked_for_in_blocks_of_any_size(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grids, "BLOCK", block)
    axes = [Axis("N", (1, 5)), Axis("w", range(1, 9))]
    for text in ("I(4,w)-C(4,3)*(N>2)-O2", "I(4,N)-SE(w/2)*(w>3)-O2"):
        sweep = Sweep(sc.parse(text).counted, [quantity_named("params")], Grid(axes))
        walked = [*_walked(text, axes, ("params",))]
        assert None in walked
        assert _rows(sweep) == [row for row in walked if row is not None]


@pytest.mark.parametrize("block", [1, 5, 2**16])
def test_a_grid_is_the_same_in_blocks_of_any_size(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"a": "1..4", "b": "2,9,4", "c": "1..12:3", "d": "5..9"}
    text = "I(a,b)-Lin(c)-Lin(d)"
    expected = _rows(_sweep(text, values))
    assert [row[:4] for row in expected] == [*product(range(1, 5), (2, 9, 4), range(1, 13, 3), range(5, 10))]
    monkeypatch.setattr(grids, "BLOCK", block)
    assert _rows(_sweep(text, values)) == expected


def test_conditions_keep_rows() -> None:
    text, values = "I(3,n×n)-C(f,3)-P2-O10", {"f": "1..40", "n": "4..20"}
    of = ("params", "receptive-field")
    every = _rows(_sweep(text, values, of))
    kept = _rows(_sweep(text, values, of, ("params <= 1.5k and f % 3 == 1", "n odd", "receptive-field != 2*f")))
    assert kept == [(f, n, p, r) for f, n, p, r in every if p <= 1500 and f % 3 == 1 and n % 2 == 1 and r != 2 * f]
    assert 0 < len(kept) < len(every)


@pytest.mark.parametrize("large", [1, 10**20])
def test_the_best_and_those_that_none_beats(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "BLOCK", 20)
    draw = random.Random(5)
    values = {"a": [draw.randrange(1, 9) for _ in range(15)], "b": [draw.randrange(1, 9) * large for _ in range(15)]}
    grid = Grid([Axis(name, each) for name, each in values.items()])
    sweep = Sweep(sc.parse("I(a,b)-Lin(a)").counted, [quantity_named("params"), quantity_named("macs")], grid, ())
    every = _rows(sweep)

    def chosen(selection: Selection) -> list[Row]:
        selection.check(sweep.names)
        blocks = selection.chosen(block.columns for block in sweep.blocks())
        return [row for columns in blocks for row in zip(*(each.tolist() for each in columns.values()), strict=True)]

    assert chosen(Selection(("params", "-macs"))) == sorted(every, key=lambda row: (row[2], -row[3]))
    assert chosen(Selection(("-macs",), 7)) == sorted(every, key=lambda row: -row[3])[:7]
    front = [
        row for row in every
        if not any(one[2] <= row[2] and one[3] >= row[3] and (one[2] < row[2] or one[3] > row[3]) for one in every)
    ]  # fmt: skip
    assert chosen(Selection(pareto=("params", "-macs"))) == front
    assert 1 < len(front) < len(every)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.integers(1, 60))
def test_a_block_holds_the_same_points_as_columns_and_in_its_shape(lengths: list[int], most: int) -> None:
    axes = [Axis("abcde"[place], range(place, place + length)) for place, length in enumerate(lengths)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grids, "BLOCK", most)
        blocks = [*islice(Grid(axes).blocks(np, np.int64), 50)]
    for block in blocks:
        shaped = {name: np.broadcast_to(size, block.shape).reshape(-1).tolist() for name, size in block.sizes.items()}
        assert {name: column.tolist() for name, column in block.columns.items()} == shaped
    points = [row for block in blocks for row in zip(*(each.tolist() for each in block.columns.values()), strict=True)]
    assert points == [*islice(product(*(each.values for each in axes)), len(points))]


def test_a_sample_is_of_the_grid_and_the_same_for_a_seed() -> None:
    axes = [Axis("f", range(1, 10**9)), Axis("n", range(4, 10**9)), Axis("k", (1, 3))]
    drawn = [[*Grid(axes, 500, seed).blocks(np, object)] for seed in (1, 1, 2)]
    columns = [{name: column.tolist() for name, column in blocks[0].columns.items()} for blocks in drawn]
    assert columns[0] == columns[1] != columns[2]
    assert len({*zip(*columns[0].values(), strict=True)}) == 500
    assert {*columns[0]["k"]} == {1, 3}
    whole = Grid([Axis("a", (1, 2, 3)), Axis("b", (5, 6))], 6)
    assert whole.sample is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("f=1..1000000000", "n=1..1000000000"), "the grid has 1,000,000,000,000,000,000 points"),
        (("f=1..10",), "n is open, and has no values"),
        (("f=1..10", "n=9", "m=1,2"), "no open symbol 'm'"),
        (("f=9..1", "n=9"), "write f=1..9"),
        (("f=1..x", "n=9"), "is no range"),
        (("f=3", "n=9"), "a sweep needs values"),
        (("f=1,2", "n=9", "--where", "parms < 3"), "did you mean params?"),
        (("f=1,2", "n=9", "--order-by", "parms"), "did you mean params?"),
        (("f=1,2", "n=9", "--top", "3"), "--top needs an order"),
        (("f=1,2", "n=9", "--pareto", "params"), "a front is of two columns"),
        (("f=1,2", "n=9", "--of", "output"), "several numbers"),
        (("f=1,2", "n=9", "-o", "nowhere/rows.csv"), "cannot be written"),
        (("f=1,2", "n=9", "--format", "parquet"), "written to a file"),
    ],
)
def test_what_is_no_sweep_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("sweep", "I(3,n×n)-C(f,3)-P2-O10", *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def _ran(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from symcount.cli import main; main()", "sweep", *filter(None, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_rows_are_written_in_every_format(tmp_path: Path) -> None:
    words = ("I(3,n×n)-C(f,3)-P2-O10", "f=1..30", "n=1..20", "--of", "params", "--of", "macs")
    shown = _ran(*words)
    expected = _rows(_sweep("I(3,n×n)-C(f,3)-P2-O10", {"f": "1..30", "n": "1..20"}, ("params", "macs")))
    assert shown.stdout.splitlines()[0] == "f,n,params,macs"
    assert [tuple(map(int, line.split(","))) for line in shown.stdout.splitlines()[1:]] == expected
    assert shown.stderr == "600 points: 510 rows, 90 outside of the domain\n"
    lines = _ran(*words, "--format", "jsonl").stdout.splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == expected
    path = tmp_path / "rows.parquet"
    assert _ran(*words, "-o", str(path)).returncode == 0
    assert duckdb.execute(f"SELECT * FROM '{path}'").fetchall() == expected
    assert [each.name for each in tmp_path.iterdir()] == ["rows.parquet"]


def test_an_interrupt_leaves_whole_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    words = ["sweep", "I(3,n×n)-C(f,3)-P2-O10", "f=1..100000", "n=4..50", "-o", str(path)]
    # a shell that runs this in the background has its processes ignore an interrupt
    script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script += "from symcount.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", script, *words], stderr=subprocess.PIPE) as running:
        while not (path.exists() and path.stat().st_size > 10**6):
            assert running.poll() is None
            sleep(0.01)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        told = running.stderr.read().decode()
        assert running.wait() == 130
    text = path.read_text()
    assert text.endswith("\n")
    rows = text.splitlines()[1:]
    assert "then interrupted" in told
    assert f"{len(rows):,} rows" in told
    assert all(line.count(",") == 2 for line in rows)


def test_a_compiled_formula_is_the_formula() -> None:
    net = sc.parse("I(c,n×n)-C(32,5)-P2-C(32,3)-P2-H256-O10")
    params = net.compiled()
    assert params(1, 28) == params(c=1, n=28) == 217706
    assert params.columns(c=np.array([1, 3]), n=28).tolist() == [net(c=c, n=28).params for c in (1, 3)]
    with pytest.raises(ValueError, match="n >= 12"):
        params(1, 11)
    with pytest.raises(TypeError, match="ints"):
        params(1, 28.0)  # type: ignore[arg-type]
    assert net(c=1, n=28).compiled()() == 217706


@pytest.mark.parametrize("rows", [2**18, 2**18 + 1, 300_000])
def test_long_columns_are_worked_out_block_by_block(rows: int) -> None:
    """Whole, and in the order of the rows; a size that is given once holds for all of them."""
    net = sc.parse("I(c,n×n)-C(f,3)-P2")
    heights = np.arange(rows) + 4
    params, output = net.compiled(), net.compiled("output")
    assert (params.columns(c=heights, n=8, f=2) == 18 * heights + 2).all()
    assert (params.columns(heights, 8, heights) == 9 * heights**2 + heights).all()
    channels, *sides = output.columns(n=heights, f=3)
    assert (channels, len(sides)) == (3, 2)
    assert all((side == (heights - 2) // 2).all() for side in sides)
    with pytest.raises(ValueError, match="n >= 4"):
        output.columns(n=heights - 1, f=1)
    with pytest.raises(ValueError, match="broadcast"):
        params.columns(c=heights, n=8, f=heights[1:])
