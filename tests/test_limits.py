"""What is too much: at a limit there is an answer, one past it an error that names the limit."""

from __future__ import annotations

import pytest
import sympy

import symcount as sc
from symcount.algebra.closed.conversion import MOST_WRITTEN
from symcount.algebra.closed.transform import HIGHEST_FACTORED
from symcount.algebra.poly.division import MOST_PRODUCTS, divide
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.sums.summation import MOST_SUMMED
from symcount.arithmetic import work
from symcount.derivation.derivation import MOST_WORKED
from symcount.program import LayerCall
from symcount.program.scope import MOST_NESTED, MOST_SYMBOLS
from symcount.render import length
from symcount.syntax.limits import DEEPEST_NESTING, LONGEST_NAME
from symcount.trace.walk import MOST_LAYERS
from tests.running import Run


def refused(text: str, code: str, limit: int) -> None:
    """See that a text is refused with a message that names the limit."""
    with pytest.raises(sc.ArchitectureError) as error:
        sc.parse(text).formula().data()
    assert error.value.code == code
    assert f"{limit:,}" in error.value.message


def test_how_many_layers_are_walked() -> None:
    assert sc.parse("I3" + "-H3" * (MOST_LAYERS - 1)).params == 12 * (MOST_LAYERS - 1)
    refused("I3" + "-H3" * MOST_LAYERS, "limit", MOST_LAYERS)


def test_macros_that_double_meet_the_limit_of_layers() -> None:
    macros = "".join(f"def m{i + 1}=m{i}-m{i}; " for i in range(14))
    refused(f"def m0=H3; {macros}I3-m14", "limit", MOST_LAYERS)


def test_how_many_symbols_a_network_has() -> None:
    assert len(sc.parse("I3" + "-free" * MOST_SYMBOLS).symbols) == MOST_SYMBOLS
    refused("I3" + "-free" * (MOST_SYMBOLS + 1), "limit", MOST_SYMBOLS)


def test_how_many_passes_that_differ_are_walked_where_sizes_are_open() -> None:
    passes = "I(d)-[H(min(cin+1,e))]*{}"
    assert len(sc.parse(passes.format(64)).counted.trace.steps) == 1 + 64
    with pytest.raises(sc.ArchitectureError, match="no closed form"):
        _ = sc.parse(passes.format(65)).layers


def test_how_deep_definitions_nest_written_out() -> None:
    inner, outer = "x" + "+1" * 48, "a" + "+1" * (MOST_NESTED - 50)
    assert str(sc.parse(f"let a = {inner}; let b = {outer}; I3-H(b)").params) == f"4*x + {4 * (MOST_NESTED - 2)}"
    assert MOST_NESTED == DEEPEST_NESTING, "as deep as a text that is written out"
    refused(f"let a = {inner}; let b = {outer}+1; I3-H(b)", "too-deep", MOST_NESTED)
    refused(f"let a = {inner}+1; let b = {outer}; I3-H(b)", "too-deep", MOST_NESTED)


def test_how_many_layers_a_solution_works_out() -> None:
    assert len(sc.parse("I3" + "-H3" * MOST_WORKED).derive().derivation.layers) == MOST_WORKED
    with pytest.raises(sc.ArchitectureError, match=f"at most {MOST_WORKED:,} layers"):
        sc.parse("I3" + "-H3" * (MOST_WORKED + 1)).derive()


def test_how_many_terms_all_sizes_have_together() -> None:
    # the axis behind j windows of open sizes is n, j of them and a number, kept as one more term
    most = next(k for k in range(1, 1000) if sum(j + 3 for j in range(1, k + 1)) > MOST_WRITTEN) - 1
    at, past = ("I(2,n)" + "".join(f"-P(k_{j},s=1)" for j in range(count)) for count in (most, most + 1))
    assert sc.parse(at).formula().expr == 0
    refused(past, "too-large", MOST_WRITTEN)


def test_how_many_terms_are_summed_over_an_index() -> None:
    # in one expression so many operators would be nested too deeply
    def named(several: int) -> str:
        parts = [f"a{k}" for k in range(several)]
        lets = ""
        while len(parts) > 1:
            groups = [parts[k : k + 50] for k in range(0, len(parts), 50)]
            names = [f"s{len(lets)}_{k}" for k in range(len(groups))]
            lets += "".join(f"let {name}={'+'.join(group)};" for name, group in zip(names, groups, strict=True))
            parts = names
        return f"{lets}I2-[free(i*{parts[0]})]*(i=1..N)"

    assert len(sc.parse(named(MOST_SUMMED)).symbols) == MOST_SUMMED + 1
    assert sc.parse(named(MOST_SUMMED)).formula().data()["symbols"]
    refused(named(MOST_SUMMED + 1), "too-large", MOST_SUMMED)


def test_how_high_a_sum_of_several_symbols_is_factored() -> None:
    def factored(degree: int) -> str:
        return str(sc.parse(f"I3-free(n^{degree}-m^{degree})").formula().factor())

    assert factored(HIGHEST_FACTORED).count("(") == 6
    assert factored(HIGHEST_FACTORED + 1).count("(") == 0


def test_how_long_a_name_is() -> None:
    name = "a" * LONGEST_NAME
    assert [*sc.parse(f"I({name})-H3 # {name}b").symbols] == [name]
    refused(f"I({name}b)-H3", "too-long", LONGEST_NAME)


def test_how_many_terms_a_size_has_at_the_ends_of_its_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    def nested(times: int) -> str:
        return "I(c,n)-" + "[" * times + "C(cin+1,1)" + "]*(N+1)" * times

    assert sc.parse(nested(8)).formula().data()["symbols"] == ["N", "c"]
    refused(nested(12), "too-large", MOST_SUMMED)
    squeezed = "I(c,n)-[[[SE(w-i-j-k)]*(k=1..K)]*(j=1..M)]*(i=1..N)"
    needed = "not (K >= 1 and M >= 1 and N >= 1) or w >= K + M + N + 1"
    assert sc.parse(squeezed).formula().data()["conditions"] == [needed]
    monkeypatch.setattr("symcount.counts.passes.MOST_AT_ENDS", 2)
    refused(squeezed, "too-large", 2)


def test_how_many_products_a_division_by_a_sum_takes() -> None:
    generators = [Polynomial.generator(sympy.Symbol(f"x{k}")) for k in range(200)]
    below = Polynomial.total([generators[0], Polynomial.constant(1)])
    above = Polynomial.total(each * below for each in generators)
    whole, rest = divide(above, below)
    assert not rest
    assert len(whole) == len(generators)
    wide = Polynomial.total([generators[0], *(each * each for each in generators[:99])])
    many = Polynomial.total(each * wide for each in generators)
    whole, rest = divide(many, wide)
    assert whole * wide + rest == many
    assert len(whole) <= MOST_PRODUCTS // len(wide) < len(generators)


NESTED = "I(a)-[[[[[[[[H(cin+1)]*N]*M]*K]*L]*P]*Q]*R]*S"


@pytest.mark.parametrize(
    "text",
    [NESTED, "I(a)-[[[[[[H(i)]*(i=1..N)]*(i=1..N)]*(i=1..N)]*(i=1..N)]*(i=1..N)]*(i=1..N)", "I(c,n)-[[P(3,s=2)]*99]*9"],
)
def test_repeats_in_one_another_do_not_multiply_the_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from symcount.trace.walk import Walk

    walked = []
    meet = Walk.meet

    def counting(walk: Walk, call: LayerCall) -> None:
        walked.append(call)
        meet(walk, call)

    monkeypatch.setattr(Walk, "meet", counting)
    assert sc.parse(text).formula().data()
    assert len(walked) < 100 * text.count("[")


def test_how_much_work_a_question_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "I(n)-H((a+n)^9)-H((a+n)^9)"
    monkeypatch.setattr(work, "MOST_STEPS", 3_000)
    for _ in range(20):  # each question has work of its own
        assert sc.Architecture(text).formula().data()["python"]
    assert {str(error).partition(":")[0] for error in sc.count_batch([text] * 20)["error"]} == {"open-symbols"}
    monkeypatch.setattr(work, "MOST_STEPS", 100)
    with pytest.raises(sc.ArchitectureError, match="more than 100 steps") as caught:
        sc.Architecture(text).formula().data()
    assert caught.value.code == "too-large"


def test_many_products_of_single_terms_are_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "I(2,n)-[[[C(cin+i,3)]*(i=w..N)]*3]*3"
    assert sc.parse(text).formula().data()["python"]
    monkeypatch.setattr(work, "MOST_STEPS", 10_000)
    refused(text, "too-large", 10_000)


def test_many_sums_that_are_short_enough_by_themselves_are_refused_together() -> None:
    with pytest.raises(sc.ArchitectureError, match="200,000 steps"):
        _ = sc.Architecture("I(n)" + "-H((a+b+c+d+n)^6)-R" * 200).params


@pytest.mark.parametrize("medium", ["text", "markdown", "latex", "html", "typst", "json"])
def test_how_long_an_answer_is(medium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    solution = sc.parse("I(3,8x8)-[C(4,3,p=1)-R]*2-H10").derive()
    page = solution.to(medium)
    monkeypatch.setattr(length, "MOST_CHARACTERS", len(page))
    assert solution.to(medium) == page
    monkeypatch.setattr(length, "MOST_CHARACTERS", len(page) // 2)
    with pytest.raises(sc.ArchitectureError, match=f"more than {len(page) // 2:,} characters") as caught:
        solution.to(medium)
    assert caught.value.code == "limit"


@pytest.mark.parametrize("words", [(), ("--format", "json"), ("--format", "csv"), ("--format", "latex")])
def test_how_long_a_table_is(words: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("count", "I(3,8x8)-C(4,3,p=1)-R-H10", *words)
    monkeypatch.setattr(length, "MOST_CHARACTERS", len(done.out))
    assert run("count", "I(3,8x8)-C(4,3,p=1)-R-H10", *words) == done
    fewer = 300 if "json" in words else 60  # the error is JSON too
    monkeypatch.setattr(length, "MOST_CHARACTERS", fewer)
    longer = run("count", "I(3,8x8)-C(4,3,p=1)-R-H10", *words)
    assert (longer.status, longer.out) == (2, "")
    assert f"more than {fewer} characters" in longer.err
