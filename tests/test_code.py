"""Formulas as code: each language is run, on sizes that a network takes, that it refuses and that are too large."""

from __future__ import annotations

import itertools
import json
import random
import re
import sqlite3
import subprocess
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import numpy as np
import pytest

import symcount as sc
from symcount.arithmetic import CeilDiv, FloorDiv, Symbol, by_name
from symcount.arithmetic.notation.numpy import NUMPY
from symcount.render.code import DIALECTS, LANGUAGES
from tests.media import needs
from tests.networks import network
from tests.seeds import chosen_seed

Values = Mapping[str, int]
REFUSED, LARGE = "refused", "large"
Result = int | str
"""A number, or that the sizes are refused, or that numbers might be too large."""

WRITTEN: list[tuple[str, str]] = [
    ("I(c,n×n)-C(f,3)-P2-C(f,k)-P2-H256-O10", "params"),
    ("I(c,n×n)-C(f,3,s=2,p=1)-BN-R-P(3,s=2)-O(o)", "macs"),
    ("I(T)-E(V,d)-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V)", "params"),
    ("I(d)-[H(2*cin)]*N-O(3)", "params"),
    ("I(c,n)-C(f,3,g=g)-P2", "connections"),
    ("I(a)-{Lin(a)-Lin(b)+Lin(b)}-H(min(a,b))-H(max(a,3,b))", "params"),
    ("I(c,n)-P(3,s=2,ceil=on)-H(n%5+1)-O(7)", "params"),
    ("I(int,new)-C(select,3)-H(long*2)", "params"),
    ("I(1,n)-{P2|C(3,2,s=2)}-O(n//7+1)", "params"),
    ("I(n)-H(5000000000)-O(3)", "params"),
    ("I(3,n)-C(f,k,d=2)", "receptive-field"),
    ("I7-H3", "params"),
]


class Case:
    """A formula, and sizes to try it with: what the walk gives for each, and where the formula says that it holds."""

    def __init__(self, net: sc.Architecture, of: str, points: Sequence[Values]) -> None:
        self.net = net
        self.of = of
        self.points = points
        self.formula = net.formula(of)
        self.name = of.replace("-", "_")
        self.symbols = self._symbols()
        self.expected = [self._expected(values) for values in points]
        stated = (*self.formula.conditions, *self.formula.assumptions)
        self.holds = [
            min(values.values(), default=1) > 0 and all(each.holds(dict(values)) for each in stated)
            for values in points
        ]

    def _symbols(self) -> list[str]:
        """The symbols that it is a function of, in its order."""
        arguments = self.formula.to("python").partition("(")[2].partition(")")[0]
        taken = re.findall(r"(\w+?)_*: int", arguments)
        return [name for name in self.net.symbols if name in taken]

    def _expected(self, values: Values) -> Result | None:
        """What the walk gives; None where it refuses a size that is none of the formula's."""
        try:
            found = self.net(**values).of(self.of)
        except sc.ArchitectureError:
            return None if any(not size for name, size in values.items() if name not in self.symbols) else REFUSED
        assert isinstance(found, int)
        return found

    def sizes(self, values: Values) -> list[int]:
        """The sizes that its function takes."""
        return [values[name] for name in self.symbols]


@cache
def cases() -> tuple[Case, ...]:
    draw = random.Random(f"code {chosen_seed()}")
    made = []
    for text, of in WRITTEN:
        net = sc.parse(text)
        points = [{name: draw.randint(1, 40) for name in net.symbols} for _ in range(25)]
        points += [{name: draw.choice([0, 1, 2, 10**5, 10**9, 2**62]) for name in net.symbols} for _ in range(15)]
        # a width that doubles with every pass is soon beyond what can be written
        made.append(
            Case(net, of, tuple({**point, **({"N": point["N"] % 30} if "N" in point else {})} for point in points))
        )
    while len(made) < len(WRITTEN) + 25:
        drawn = network(draw, likely=0.7, layers=4)
        if drawn.values:
            near = [
                {name: max(0, value + draw.randint(-3, 3)) for name, value in drawn.values.items()} for _ in range(6)
            ]
            large = {name: value * 10**7 for name, value in drawn.values.items()}
            net = sc.parse(drawn.symbols)
            made.append(Case(net, draw.choice(["params", "macs", "size"]), (drawn.values, *near, large)))
    return tuple(each for each in made if isinstance(each.net.of(each.of), int) or each.net.symbols)


def check(language: str, run: Callable[[list[tuple[Case, str]]], list[list[Result]]], largest: int, **how: str) -> None:
    """Compare what code gives with the walk: a number is the number, and what the walk refuses is refused."""
    written = []
    for case in cases():
        try:
            written.append((case, case.formula.to(language, **how)))
        except sc.ArchitectureError as error:
            assert error.code in ("bad-form", "limit")
    assert len(written) > 0.8 * len(cases())
    numbers = 0
    for (case, text), results in zip(written, run(written), strict=True):
        for values, expected, holds, result in zip(case.points, case.expected, case.holds, results, strict=True):
            if result == LARGE:
                assert not isinstance(expected, int) or max(expected, *values.values()) > largest / 10**9, (
                    values,
                    text,
                )
            elif result == REFUSED and expected != REFUSED:
                assert not holds, (values, text)
            elif expected is not None:
                assert (result, values, text) == (expected, values, text)
                numbers += isinstance(result, int)
    assert numbers > 300


def in_python(written: list[tuple[Case, str]]) -> list[list[Result]]:
    return [
        [_called(_function(text, case.name), values, case.symbols) for values in case.points] for case, text in written
    ]


def _function(text: str, name: str) -> Callable[..., Any]:
    room: dict[str, Any] = {}
    exec(text, room)
    found: Callable[..., Any] = room[name]
    return found


def _called(function: Callable[..., Any], values: Values, names: list[str]) -> Result:
    try:
        result = function(*(values[name] for name in names))
    except ValueError:
        return REFUSED
    except OverflowError:
        return LARGE
    assert type(result) is int
    return result


def in_numpy(written: list[tuple[Case, str]]) -> list[list[Result]]:
    def called(case: Case, text: str, values: Values) -> Result:
        names = case.symbols

        def of_columns(*sizes: int) -> int:
            columns = [np.array([size, size]) for size in sizes]
            result = np.asarray(_function(text, case.name)(*columns))
            assert result.dtype.kind == "i"
            assert len({*result.ravel().tolist()}) == 1
            return int(result.ravel()[0])

        return _called(of_columns, values, names)

    return [[called(case, text, values) for values in case.points] for case, text in written]


def in_c(written: list[tuple[Case, str]]) -> list[list[Result]]:
    """Compile all functions at once, each under a name of its own, and run them on all points."""
    compiler = needs("gcc")
    helpers: dict[str, None] = {}
    bodies, calls = [], []
    for place, (case, text) in enumerate(written):
        *before, body = text.split("\n\n")
        helpers |= dict.fromkeys(before[1:])
        bodies.append(re.sub(r"^int \w+\(", f"int f{place}(", body, flags=re.MULTILINE))
        for values in case.points:
            given = "".join(f"INT64_C({values[name]}), " for name in case.symbols)
            calls.append(f"status = f{place}({given}&x); show(status, x);")
    show = (
        "static void show(int status, int64_t x)"
        ' { if (status) printf("%d\\n", -status); else printf("=%" PRId64 "\\n", x); }'
    )
    heads = ["#include <inttypes.h>", "#include <math.h>", "#include <stdint.h>", "#include <stdio.h>"]
    source = "\n".join(
        [*heads, *helpers, *bodies, show, "int main(void) { int64_t x = 0; int status;", *calls, "return 0; }"]
    )
    path = Path(needs_directory(), "code")
    flags = [
        "-std=c11",
        "-O0",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wno-unused-function",
        "-ftrapv",
        "-fsanitize=undefined",
        "-fno-sanitize-recover",
    ]
    subprocess.run([compiler, "-x", "c", "-", *flags, "-o", str(path), "-lm"], input=source, text=True, check=True)
    lines = iter(subprocess.run([path], capture_output=True, text=True, check=True).stdout.splitlines())
    told: dict[str, Result] = {"-1": REFUSED, "-2": LARGE}
    return [[told.get(line) or int(line[1:]) for line in (next(lines) for _ in case.points)] for case, _ in written]


def in_javascript(written: list[tuple[Case, str]]) -> list[list[Result]]:
    node = needs("node")
    given = [
        [
            text,
            case.name,
            [[str(values[name]) for name in case.symbols] for values in case.points],
        ]
        for case, text in written
    ]
    script = """
      const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
      console.log(JSON.stringify(given.map(([text, name, points]) => {
        const made = new Function(`${text}\\nreturn ${name};`)();
        return points.map((point) => {
          try { return String(made(...point.map(BigInt))); }
          catch (error) { if (error instanceof RangeError) return "refused"; throw error; }
        });
      })));"""
    done = subprocess.run([node, "-e", script], input=json.dumps(given), capture_output=True, text=True, check=True)
    return [[REFUSED if each == REFUSED else int(each) for each in row] for row in json.loads(done.stdout)]


def in_sql(connected: Callable[[], Any], overflow: type[Exception], kind: str) -> Callable[[Any], list[list[Result]]]:
    def run(written: list[tuple[Case, str]]) -> list[list[Result]]:
        connection = connected()
        return [[point(connection, case, text, values) for values in case.points] for case, text in written]

    def point(connection: Any, case: Case, text: str, values: Values) -> Result:
        names = case.symbols or ["nothing"]
        columns = ", ".join(f'CAST({values.get(name, 0)} AS {kind}) AS "{name}"' for name in names)
        query = text.replace("FROM sizes", f"FROM (SELECT {columns}) AS sizes")
        try:
            rows = connection.execute(query).fetchall()
        except overflow:
            return LARGE
        if not rows:
            return REFUSED
        assert type(rows[0][-1]) is int
        return int(rows[0][-1])

    return run


def in_cells(written: list[tuple[Case, str]]) -> list[list[Result]]:
    """Work formulas of cells out with the numbers of a spreadsheet, which are floats."""

    def worked(formula: str, cells: Mapping[str, float]) -> Result:
        text = re.sub(r"(?<![<>=])=(?!=)", "==", formula.removeprefix("=")).replace("<>", "!=").replace("^", "**")
        rooms = {
            "IF": lambda condition, one, other: one if condition else other, "AND": lambda *all_: all(all_),
            "OR": lambda *any_: any(any_), "NOT": lambda one: not one, "MOD": lambda one, other: one % other,
            "INT": lambda one: one // 1, "MIN": min, "MAX": max, "NA": lambda: REFUSED,
        }  # fmt: skip
        found = eval(re.sub(r"(?<![\w.])(\d+)(?![\w.])", r"\1.0", text), {**rooms, **cells})
        return found if isinstance(found, str) else int(found)

    results: list[list[Result]] = []
    for case, text in written:
        header, row = text.split("\n")
        *names, name = header.split("\t")
        formula = row.split("\t")[-1]
        assert name == case.name
        row_results = []
        for values, holds in zip(case.points, case.holds, strict=True):
            cells = {f"{chr(65 + i)}2": float(values[symbol]) for i, symbol in enumerate(names)}
            try:
                found = worked(formula, cells)
            except ZeroDivisionError:  # an error in the cell
                found = REFUSED
            row_results.append(LARGE if found == REFUSED and holds else found)
        results.append(row_results)
    return results


@cache
def needs_directory() -> str:
    import tempfile

    return tempfile.mkdtemp()


def test_python_counts_as_the_walk_does() -> None:
    check("python", in_python, 10**999)


@pytest.mark.parametrize("below", [1, 2, 3, 4, 12, 32, 2**62])
def test_columns_are_divided_as_numbers_are(below: int) -> None:
    n = Symbol("n")
    numbers = [*range(-70, 70), 2**63 - 1, -(2**63) + 1]
    for size, rounded in (
        (FloorDiv(n, below), [number // below for number in numbers]),
        (CeilDiv(n, below), [-(-number // below) for number in numbers]),
    ):
        assert eval(by_name(size, NUMPY), {"n": np.array(numbers)}).tolist() == rounded


def test_numpy_counts_as_the_walk_does() -> None:
    check("numpy", in_numpy, 2**63)


def test_c_counts_as_the_walk_does() -> None:
    check("c", in_c, 2**63)


def test_javascript_counts_as_the_walk_does() -> None:
    check("javascript", in_javascript, 10**999)


def test_duckdb_counts_as_the_walk_does() -> None:
    check("sql", in_sql(duckdb.connect, duckdb.OutOfRangeException, "BIGINT"), 2**63)


def test_sqlite_counts_as_the_walk_does() -> None:
    run = in_sql(lambda: sqlite3.connect(":memory:"), sqlite3.OperationalError, "INTEGER")
    check("sql", run, 2**63, dialect="sqlite")


def test_a_spreadsheet_counts_as_the_walk_does() -> None:
    check("excel", in_cells, 2**53)


@pytest.mark.parametrize("text", ["I(n)-[[Lin(n)]*(8%(n//i))]*(n>3)", "I(n)-Lin(i)-[[Lin(i)]*(8%(n-3))]*(n>3)"])
def test_layers_that_are_not_there_divide_by_nothing(text: str) -> None:
    net = sc.parse(text)
    formula = net.formula()
    params = formula.compiled()
    alone = eval(f"lambda n, i: {formula.python()}", {"min": min, "max": max})
    for n, i in itertools.product(range(1, 4), range(1, 7)):
        walked = net(n=n, i=i).params
        assert (params(n=n, i=i), int(params.columns(n=[n], i=[i])[0]), alone(n, i)) == (walked, walked, walked)
    assert params(n=6, i=1) == net(n=6, i=1).params > 0


def test_numbers_on_the_way_that_would_not_fit_are_refused() -> None:
    net = sc.parse("I(n)-H(2^31*n)-H(4)")
    formula = net.formula()
    params = _function(formula.to("numpy"), "params")
    assert int(params(np.array([2**15]))[0]) == net(n=2**15).params
    with pytest.raises(OverflowError, match="64 bits"):
        params(np.array([3, 2**16]))
    assert _function(formula.to("python"), "params")(2**16) == net(n=2**16).params
    query = formula.to("sql").replace("FROM sizes", "FROM (SELECT CAST(65536 AS BIGINT) AS n) AS sizes")
    with pytest.raises(duckdb.OutOfRangeException):
        duckdb.connect().execute(query).fetchall()


def test_columns_of_floats_are_refused() -> None:
    net = sc.parse("I(n)-O10")
    params = _function(net.formula().to("numpy"), "params")
    assert params(np.array([784, 2])).tolist() == [7850, 30]
    with pytest.raises(TypeError, match="columns of integers"):
        params(np.array([784.0]))
    with pytest.raises(TypeError, match="sizes are ints"):
        _function(net.formula().to("python"), "params")(784.0)


@pytest.mark.parametrize(
    ("text", "of", "language", "message"),
    [
        ("I(d)-[H(2*cin)]*N", "params", "sql", "a power with an open exponent"),
        ("I(n,N)-C(3,3)-O2", "params", "sql", "no difference between"),
        ("I(c,n)-C(3,3)", "output", "c", "several numbers"),
        ("I(n)-H(10^19)", "params", "numpy", "larger than 64 bits"),
        ("I(n)-H(10^16)", "params", "excel", "numbers of a spreadsheet"),
    ],
)
def test_what_a_language_cannot_say_exactly_is_refused(text: str, of: str, language: str, message: str) -> None:
    with pytest.raises(sc.ArchitectureError, match=message):
        sc.parse(text).formula(of).to(language)
    assert sc.parse(text).formula(of).to("python").startswith("def ")


def test_a_shape_is_several_numbers_where_a_language_returns_them() -> None:
    net = sc.parse("I(c,n)-C(8,3)-P2")
    output = _function(net.formula("output").to("python"), "output")
    assert output(9) == net(n=9, c=1).output
    query = net.formula("output").to("sql").replace("FROM sizes", "FROM (SELECT CAST(9 AS BIGINT) AS n) AS sizes")
    assert duckdb.connect().execute(query).fetchall() == [(9, *net(n=9, c=1).output)]


def test_names_that_a_language_keeps_are_called_otherwise() -> None:
    formula = sc.parse("I(int,float)-C(new,3)").formula()
    assert "int64_t int_" in formula.to("c")
    assert "function params(int, float, new_)" in formula.to("javascript")
    assert "def params(int_: int, float_: int, new: int)" in formula.to("python")


def test_mathml_is_xml_of_its_own() -> None:
    for line in sc.parse("I(c,n×n)-C(f,3)-P2-O10").formula().to("mathml").splitlines():
        root = ElementTree.fromstring(line)
        assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
        assert "".join(root.itertext()).partition("=")[0] in ("params", "m")


def test_every_language_and_dialect_is_run_or_told() -> None:
    assert LANGUAGES == ("python", "numpy", "c", "javascript", "sql", "excel")
    for dialect in DIALECTS:
        text = sc.parse("I(3,n)-C(4,3)-P2-O10").formula().to("sql", dialect)
        assert text.splitlines()[-2:] == ["FROM sizes", "WHERE n >= 4"]
