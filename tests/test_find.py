"""`symcount find`: the solutions are those of a count at every point, no more and no fewer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import product

import pytest
from click.testing import CliRunner, Result

from symcount import ArchitectureError, parse, solve
from symcount.algebra.region.runs import Solving
from symcount.cli.commands import command
from tests.pairs import counted
from tests.seeds import chosen_seed

ROUNDS = 60

LASAGNE = "I(1,28x28)-C(f,5)-P2-C(32,3)-P2-H256-O10"
STEM = "I(3,n×n)-C(64,7,s=2,p=3)-P(3,s=2,p=1)-C(128,3,s=2,p=1)-C(256,3,s=2,p=1)-C(512,3,s=2,p=1)"


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["find", *words])


NETWORKS = (
    ("I(1,n)-C(f,3,s=2,p=1)-H2", "nf"), ("I(2,n×n)-C(f,3)-P2-H3", "nf"), ("I(n)-H(f)-H(n)", "nf"),
    ("I(n)-H(f)-O3", "nf"),
    ("I(f,n)-C(f,k,p=k//2)-GAP-O2", "fk"), ("I(1,n)-C(3,k,s=2)-C(2,k)", "nk"), ("I(k,n)-C(f,3,g=k)", "kf"),
    ("I(n,7)-MHA(f)-FF(2*cin)", "nf"), ("I(1,n)-P(k,s=2)-H(f)", "nkf"), ("I(2)-[H(f)]*k-O2", "fk"),
)  # fmt: skip
CONDITIONS = (
    "{q} == {v}", "{q} <= {v}", "{q} >= {v}", "{q} <= {v} and {s} > 2", "{q} != {v} and {q} < {v} + 9", "{q} % 7 == 3",
    "{q} == {v} + {s}", "2*{q} > {v} and {s} odd", "{q} < {v} and {s} divides {q}",
    "{q} % 4 == 2 and {q} <= {v}", "{q} odd", "{q} % 2 <= 1 and {q} % 3 != 0",
)  # fmt: skip


def truth(text: str, q: int, v: int, s: int) -> bool:
    """The condition, in Python itself."""
    found: Callable[[], bool] = {
        "{q} == {v}": lambda: q == v,
        "{q} <= {v}": lambda: q <= v,
        "{q} >= {v}": lambda: q >= v,
        "{q} <= {v} and {s} > 2": lambda: q <= v and s > 2,
        "{q} != {v} and {q} < {v} + 9": lambda: q != v and q < v + 9,
        "{q} % 7 == 3": lambda: q % 7 == 3,
        "{q} == {v} + {s}": lambda: q == v + s,
        "2*{q} > {v} and {s} odd": lambda: 2 * q > v and s % 2 == 1,
        "{q} < {v} and {s} divides {q}": lambda: q < v and q % s == 0,
        "{q} % 4 == 2 and {q} <= {v}": lambda: q % 4 == 2 and q <= v,
        "{q} odd": lambda: q % 2 == 1,
        "{q} % 2 <= 1 and {q} % 3 != 0": lambda: q % 3 != 0,
    }[text]
    return found()


def in_order(points: list[dict[str, int]]) -> list[list[tuple[str, int]]]:
    return sorted(sorted(point.items()) for point in points)


def check_problems(rounds: int) -> int:
    """Hold random problems against a count at every point of their ranges; return how many had a solution."""
    seed = chosen_seed()
    print("seed", seed)
    draw, solvable = random.Random(seed), 0
    for _ in range(rounds):
        text, letters = draw.choice(NETWORKS)
        symbols = list(letters)
        firsts = [draw.randint(1, 4) for _ in symbols]
        steps = [draw.choice((1, 1, 2, 3)) for _ in symbols]
        ranges = [range(at, at + draw.randint(0, 9) + 1, step) for at, step in zip(firsts, steps, strict=True)]
        of = draw.choice(("params", "params", "size", "macs"))
        net, pattern, one = parse(text), draw.choice(CONDITIONS), draw.choice(symbols)
        points = [dict(zip(symbols, values, strict=True)) for values in product(*ranges)]
        values = [(point, counted(net, of, {"n": 12, "f": 3, "k": 2, **point})) for point in points]
        known = [(point, value) for point, value in values if isinstance(value, int)]
        if not known:
            continue
        target = draw.choice(known)[1] + draw.choice((0, 0, 0, 1))
        where = pattern.format(q=of, v=target, s=one)
        expected = [point for point, value in known if truth(pattern, value, target, point[one])]
        bound = net(
            **{name: at for name, at in (("n", 12), ("f", 3), ("k", 2)) if name in net.symbols and name not in letters}
        )
        sought = [f"{name}={each[0]}..{each[-1]}:{each.step}" for name, each in zip(symbols, ranges, strict=True)]
        try:
            found = list(bound.find(where, for_=sought))
        except ArchitectureError as error:
            assert error.code == "no-dependence", (text, where, sought, error)
            continue
        solvable += bool(expected)
        assert in_order(found) == in_order(expected), (text, where, sought)
    return solvable


def test_solutions_are_those_of_a_count_at_every_point() -> None:
    assert check_problems(ROUNDS) > ROUNDS // 3


def test_a_lost_solution_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Solving.runs
    monkeypatch.setattr(Solving, "runs", lambda self, progress: list(honest(self, progress))[:1])
    with pytest.raises(AssertionError):
        check_problems(ROUNDS)


def test_the_filters_of_a_total() -> None:
    done = run(LASAGNE, "--where", "params == 217706", "--for", "f")
    assert done.exit_code == 0
    assert done.output.splitlines()[:3] == [
        "f = 32",
        "params 217,706",
        "all solutions, by bisection: params rises with f",
    ]
    assert solve(LASAGNE, equals=217706, for_="f").first == {"f": 32}


def test_no_filters_of_a_total() -> None:
    done = run(LASAGNE, "--where", "params == 217707")
    assert done.exit_code == 1
    assert "params is 217,706 at f = 32, and params is 218,020 at f = 33" in done.output
    assert "params is 2 at n = 1, and params is 6 at n = 2" in run("I(n)-H(n)", "--where", "params == 3").output


@pytest.mark.parametrize(
    ("text", "where", "modulus", "rest"),
    [
        ("I(n)-H(33)-O10", "params % 64 == 0", 64, 0),
        ("I(3,n×n)-C(8,3,s=2,p=same)-P2-O10", "params % 24 == 18", 24, 18),
        ("I(n)-H(n)", "params % 12 == 6", 12, 6),
    ],
)
def test_remainders_without_end_are_all_found(text: str, where: str, modulus: int, rest: int) -> None:
    found = parse(text).find(where, for_="n")
    assert found.is_complete
    met = set()
    for each in found.answer.runs:
        assert each.last is None
        met |= {*range(each.first, 300, each.stride)}
    known = {n: counted(parse(text), "params", {"n": n}) for n in range(1, 300)}
    assert met == {n for n, value in known.items() if isinstance(value, int) and value % modulus == rest} != set()


def test_how_remainders_are_told() -> None:
    done = run("I(n)-H(33)-O10", "--where", "params % 64 == 0")
    assert done.output.splitlines()[:3] == [
        "n = 43… by 64",
        "params 1,792…",
        "all solutions, by the remainder of n by 64",
    ]
    assert "whatever its symbols are" in run("I(n)-H32-O10", "--where", "params odd").output
    best = run("I(3,8×8)-C(f,3)-O12", "--where", "params % 64 == 0 and params <= 1M", "--max", "f")
    assert best.output.startswith("largest f: f = 2,159\nparams 993,152\n")


def test_a_network_of_numbers_meets_a_condition_or_not() -> None:
    assert run("I784-H10", "--where", "params == 7850").output.startswith("it holds\nparams 7,850\n")
    assert run("I784-H10", "--where", "params == 7851").output.startswith("it does not hold: params == 7851\n")


def test_a_run_of_sizes() -> None:
    done = run(STEM, "--where", "axes == 7", "--for", "n")
    assert done.output.splitlines()[0] == "n = 193…224"
    sides = [n for n in range(1, 300) if counted(parse(STEM), "output", {"n": n}) == (512, 7, 7)]
    assert sides == list(range(193, 225))


def test_a_size_that_does_not_occur() -> None:
    done = run("I(1,n)-U2-C(1,3)", "--where", "axes == 7")
    assert (done.exit_code, "axes is 6 at n = 4, and axes is 8 at n = 5" in done.output) == (1, True)


@pytest.mark.parametrize(
    ("text", "where", "size"),
    [
        ("I(n)-H3", "params == 3*10^30 + 3", 10**30),
        ("I(n)-H3", "params >= 3*10^30 + 3", 10**30),
        ("I(n)-H(n//10^50)", "params >= 10^90 + 10^20", 10**70),
        ("I(2^n)-H3", "params == 3*2^100 + 3", 100),
        ("I(n)-H(n)", "params > 10^90", 10**45),
    ],
)
def test_a_size_is_found_however_large_it_is(text: str, where: str, size: int) -> None:
    assert parse(text).find(where).first == {"n": size}


def test_a_budget_ends_sizes_however_large_it_is() -> None:
    assert parse("I(n)-H3").find("params <= 3*10^30 + 3", largest="n").first == {"n": 10**30}


def test_the_largest_under_a_budget() -> None:
    text = "I(3,n×n)-C(f,3,p=same)-P2-C(2*f,3,p=same)-GAP-O10"
    found = parse(text).find("params <= 1M and macs <= 300M", for_="f,n=32..224:32", largest="f")
    best = found.first
    assert best is not None
    assert best == {"f": 234, "n": 32}
    over = parse(text)(f=235, n=32)
    assert over.of("params") > 1_000_000 or over.of("macs") > 300_000_000
    assert parse("I(n)-H(m)").find("n*m <= 12", smallest="params", for_="n=2..5,m=2..5").first == {"n": 2, "m": 2}


@pytest.mark.parametrize(
    ("text", "where", "name", "formula", "needs"),
    [
        ("I(c,n)-C(c,k,p=p,d=d)", "output == input", "p", "d*(k - 1)/2", ["((d*k - d) % 2) == 0"]),
        ("I(c,n)-C(f,k,p=p)", "output == input", "p", "(k - 1)/2", ["f == c", "((k - 1) % 2) == 0"]),
        ("I(n)-H(m)", "params == 100", "n", "100/m - 1", ["(100 % m) == 0"]),
        ("I(n)-H(m)", "100 == params", "n", "100/m - 1", ["(100 % m) == 0"]),
        ("I(n)-H(m)", "params == q*m", "n", None, []),
    ],
)  # fmt: skip
def test_a_formula_where_others_stay_open(
    text: str, where: str, name: str, formula: str | None, needs: list[str]
) -> None:
    if formula is None:
        with pytest.raises(ArchitectureError, match="no symbol 'q'"):
            parse(text).find(where, for_=name)
        return
    found = parse(text).find(where, for_=name)
    assert found.formula == formula
    assert found.data()["formula"]["needs"] == needs


def test_a_symbol_between_two_formulas() -> None:
    found = parse("I(c,n)-C(c,k,p=p,s=s)").find("output == input", for_="p").data()["formula"]
    for n, k, s in product((1, 4, 7), (1, 2, 5), (1, 3)):
        low, high = (eval(found[end], {"n": n, "k": k, "s": s}) for end in ("from", "to"))
        exact = [
            p
            for p in range(20)
            if counted(parse("I(1,n)-C(1,k,p=p,s=s)"), "output", {"n": n, "k": k, "s": s, "p": p}) == (1, n)
        ]
        assert exact == list(range(max(0, low), min(20, high + 1))), (n, k, s)


BAD = {
    ("I(n)-H(m)", "--where", "params == 100", "--for", "q"): "no open symbol 'q'",
    ("I(n)-H(m)", "--where", "params == 100", "--for", "n=9..3"): "n=9..3 is empty: 3 is less than 9",
    ("I(n)-H(m)", "--where", "params == 100", "--for", "n="): "no symbol with a range",
    ("I(n)-H(m)", "--where", "params == 100", "--for", "n,n"): "n is searched for twice",
    ("I(n)-H(m)", "--where", "params == 100", "--for", "n", "n=3"): "n is bound to 3",
    ("I(n)-H(m)",): "find needs --where",
    ("I(n)-H(m)", "--max", "n", "--min", "m"): "exclude one another",
    ("I(n)-H(m)", "--where", "params >= 3", "--max", "n"): "there is no largest n",
    ("I(c,n)-C(f,3)", "--where", "params == 9", "--for", "n"): "params does not depend on n\nhint: it depends on c, f",
    ("I(1,n)-C(f,9)-H2", "--where", "params == 9", "--for", "f,n=1..8"): "no sizes of the network are in n=1..8",
    (
        "I(a)-H(b)-H(c)",
        "--where",
        "1009 divides params",
        "--for",
        "a=1..1000,b=1..1000,c=1..1000",
    ): "give a a smaller range",
    ("I(c,n×n)-C(f,k)-GAP", "--where", "params == 100", "--for", "k"): "stay open",
    ("I(n)-H(m)", "--where", "params == 10^30"): "999,999,999,999,999,999,999,999,999,999 values of n",
    ("I(min(2^n,5))-H3", "--where", "params == 100"): "n stands in an exponent",
    ("I(min(2^n,5))-H3", "--where", "params == 100", "--for", "n=1..1000000000"): "followed for 65,536 values alone",
}


@pytest.mark.parametrize(("words", "part"), BAD.items())
def test_bad_questions_are_refused(words: tuple[str, ...], part: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert part in done.stderr


def test_a_bound_of_the_search_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcount.algebra.region.combinations.MOST_UNBOUNDED", 1_000)
    done = run("I(n)-H(n)", "--where", "params % 1000003 == 0")
    assert "up to n = 1,000, where the search ends" in done.output
    assert not json.loads(run("I(n)-H(n)", "--where", "params % 1000003 == 0", "--format", "json").output)["complete"]


def test_what_was_found_before_an_interrupt_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Solving._one_by_one

    def interrupted(self: Solving, values: dict[str, int]) -> object:
        if values["n"] == 12:
            raise KeyboardInterrupt
        return honest(self, values)

    monkeypatch.setattr(Solving, "_one_by_one", interrupted)
    done = run("I(n)-H(3)", "--where", "(params % 10000) % 9 == 0", "--for", "n=1..99")
    assert done.exit_code == 130
    assert [line.split() for line in done.output.splitlines()[1:5]] == [
        ["2", "9"],
        ["5", "18"],
        ["8", "27"],
        ["11", "36"],
    ]
    assert "interrupted after 12 combinations: there may be more" in done.output


@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "html", "typst"])
def test_solutions_are_written_in_every_medium(medium: str) -> None:
    assert "rises with m" in parse("I(n)-H(m)").find("params == 100").to(medium)


def test_data_of_runs() -> None:
    told = json.loads(run(STEM, "--where", "axes == 7", "--format", "json").output)
    assert told["solutions"] == [{"n": {"from": 193, "to": 224, "step": 1}, "axes": [7, 7]}]
    assert (told["count"], told["complete"]) == (32, True)


def test_solutions_are_values() -> None:
    one, other = (parse("I(n)-H(m)").find("params == 100") for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    with pytest.raises(OverflowError):
        len(parse("I(n)-H3").find("params > 5"))
    assert not parse("I(n)-H3").find("params == 5")


def test_a_condition_that_never_holds_is_refused_where_others_stay_open() -> None:
    with pytest.raises(ArchitectureError, match="one is 5 more than the other"):
        parse("I(3,n×n)-C(8,k,p=p,d=d)").find("output == input", for_="p").data()
