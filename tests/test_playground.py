"""What the page asks of Python: messages of JSON in and out, in any process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest

from symcount.catalogue import models
from symcount.errors import ArchitectureError
from symcount.playground import answer
from symcount.playground.serving import folder_of, link, server
from symcount.playground.text import colours

LENET = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"
SOURCES = Path(__file__).parent.parent / "docs" / "playground"


def ask(sort: str, text: str = "", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(json.dumps({"ask": sort, "text": text, **more})))
    return found


def test_a_table_at_values() -> None:
    found = ask("table", LENET, values={"n": "28", "c": "1", "gone": "3"})
    assert (found["answer"], found["of"], found["values"]) == ("217,706", "parameters", {"n": "28", "c": "1"})
    assert [row[-1] for row in found["rows"]] == ["", "832", "0", "9,248", "0", "205,056", "2,570"]
    assert found["total"][-1] == "217,706"


def test_symbols_without_a_value_get_one_at_which_the_layers_exist() -> None:
    found = ask("table", "I-C(32,5)-P2-C(32,3)-P8-P8-O10")
    assert found["values"] == {"c": "3", "n": "256"}
    assert ask("table", "I-C(f,900)-C(2,900)-C(3,900)-O10")["error"]["code"] == "too-small"


def test_every_network_of_the_zoo_has_its_total_on_the_page() -> None:
    for model in models():
        chosen = ask("zoo", name=model.name)
        found = ask("table", **chosen, fixed=[*chosen["values"]], main=model.of, depth=0)
        assert found["answer"] == f"{model.total:,}", model.name


def test_another_notation_is_read_where_a_text_is_none() -> None:
    found = ask("table", '{"model_type": "gpt2"}')["instead"]
    assert ask("table", found["text"], values=found["values"])["answer"] == "124,439,808"
    assert ask("table", "I784-c(3)")["instead"] is None
    assert ask("formula", "784-800-10")["instead"] is None


def test_a_picture_is_drawn_at_the_values() -> None:
    assert "28²" in ask("picture", LENET, values={"n": "28", "c": "1"})["svg"]


def test_a_long_table_is_cut_and_says_so() -> None:
    found = ask("table", "I784-" + "-".join(["H10"] * 400))
    assert (len(found["rows"]), found["left_out"]) == (301, 100)
    assert found["total"][-1] == f"{7850 + 399 * 110:,}"
    assert len(ask("table", "zoo:resnet50")["rows"]) < 70
    assert len(ask("table", "zoo:resnet50", depth=9)["rows"]) > 160
    shown = ask("table", "I(d)-[[H(d)-R]*2-[H(d)]]*3-O10", values={"d": "4"})
    assert shown["depth"] > 0
    assert len(ask("table", "I(d)-[[H(d)-R]*2-[H(d)]]*3-O10", values={"d": "4"}, depth=0)["rows"]) == 3


def test_a_formula_keeps_what_is_not_fixed() -> None:
    [open_] = ask("formula", LENET, values={"n": "28", "c": "1"})["formulas"]
    assert open_["right"] == "8192 m^{2} + 800 c + 12106"
    [fixed] = ask("formula", LENET, values={"n": "28", "c": "1"}, fixed=["n"])["formulas"]
    assert fixed["right"] == "800 c + 216906"
    assert ask("formula", LENET, values={"n": "28", "c": "1"}, fixed=["n", "c"])["formulas"] == []
    found = ask("formula", LENET, main="macs", of=["biases"])["formulas"]
    assert [each["of"] for each in found] == ["macs", "biases"]


def test_values_that_a_network_of_the_zoo_has_of_its_own_can_be_left_open() -> None:
    found = ask("table", "zoo:vgg16")
    assert (found["answer"], found["own"]) == ("138,357,544", [*found["values"]])
    assert ask("formula", "zoo:vgg16", fixed=found["own"])["formulas"] == []
    [formula] = ask("formula", "zoo:vgg16", fixed=[name for name in found["own"] if name != "o"])["formulas"]
    assert formula["right"] == "4097 o + 134260544"


def test_a_shape_is_an_answer() -> None:
    found = ask("table", "I-C(32,5)", main="output", values={"n": "28"})
    assert (found["answer"], found["of"]) == ("32 × 24 × 24", "output")


def test_a_mistake_has_its_place_in_units_of_javascript() -> None:
    assert ask("table", "I784-c(3)")["error"]["span"] == [5, 6]
    assert ask("table", "  I784-c(3)")["error"]["span"] == [7, 8]
    assert ask("table", "# 𝔽𝔽\nI784-c(3)")["error"]["span"] == [12, 13]
    assert "span" not in ask("table", "I784-O10", convention="none")["error"]


def test_colours_are_those_of_the_grammar() -> None:
    text = "def a(f) = C(f,3x3); I(1,9x9)-a(8)@x # note C(3)"
    found = [(text[start:end], colour) for start, end, colour in colours(text)]
    assert [each for each in found if each[1] not in ("bracket", "number")] == [
        ("def", "word"), ("a", "layer"), ("f", "size"), ("C", "layer"), ("f", "size"), ("I", "layer"), ("a", "layer"),
        ("@", "label"), ("x", "layer"), ("# note C(3)", "comment"),
    ]  # fmt: skip
    assert colours("I784-H10 ?? $$ H10")[:2] == [(0, 4, "layer"), (5, 8, "layer")]
    assert colours("C(" * 200_000) == []


def test_networks_side_by_side_keep_the_values_that_are_their_own() -> None:
    found = ask("compare", **ask("zoo", name="vgg16"), others=["zoo:vgg11", "I(c,n×n)-GAP-O(o)"])
    assert [row[1] for row in found["rows"]] == ["138,357,544", "132,863,336", "4,000"]


def test_what_is_offered_can_be_asked_for() -> None:
    offered = ask("offers")
    assert {"name": "gpt2", "about": "GPT-2 small"} in offered["zoo"]
    assert {each["token"] for each in offered["kinds"]} >= {"C", "H", "res", "MHA"}
    for what, media in offered["copies"].items():
        for medium in media:
            assert len(ask("copy", LENET, values={"n": "28", "c": "1"}, what=what, medium=medium)["text"]) > 30
    assert ask("copy", LENET, what="table", medium="smoke")["error"]["code"] == "bad-medium"
    for quantity in offered["quantities"]:
        text = "I(L)-E(V,d)-MHA(4)" if quantity["name"] == "kv" else LENET
        assert re.match(r"[\d,]+", ask("table", text, main=quantity["name"])["answer"]), quantity


def test_html_comes_escaped() -> None:
    text = "I784-H10@a # <script>alert(1)</script>"
    for found in (ask("table", text), ask("derivation", text), ask("copy", text, what="derivation", medium="html")):
        assert "error" not in found
        assert "<script" not in json.dumps(found)


def test_what_needs_sympy_says_so_where_there_is_none() -> None:
    program = (
        "import sys; sys.modules['sympy'] = None\nimport json; from symcount.playground import answer\n"
        f"for ask in ('table', 'formula', 'table'): print(answer(json.dumps({{'ask': ask, 'text': {LENET!r}}}))[:21])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ['{"canonical": "I-C(32', '{"needs": "sympy"}', '{"canonical": "I-C(32']


def test_a_link_is_the_one_that_the_page_writes() -> None:
    assert link("http://here/", LENET, {"c": "1", "n": "2*m"}) == f"http://here/#net={LENET}&with=c:1,n:2*m"
    assert link("http://here/", "I(c,n×n)-{C(2)|_}", {}) == "http://here/#net=I(c,n%C3%97n)-%7BC(2)%7C_%7D"
    assert link("http://here/", "", {}) == "http://here/"


def test_the_page_is_served_to_this_machine_alone(tmp_path: Path) -> None:
    with pytest.raises(ArchitectureError, match="holds no built page"):
        folder_of(str(tmp_path))
    with pytest.raises(ArchitectureError, match="is not installed"):
        folder_of("")
    (tmp_path / "offline-worker.js").write_text("here")
    with server(folder_of(str(tmp_path)), 0) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        host, port = serving.server_address[:2]
        assert host == "127.0.0.1"
        assert urlopen(f"http://127.0.0.1:{port}/offline-worker.js").read() == b"here"
        with pytest.raises(ArchitectureError, match=f"port {port} cannot be opened"):
            server(tmp_path, int(port))
        serving.shutdown()


@pytest.mark.parametrize("source", sorted(SOURCES.glob("*.*")), ids=lambda path: path.name)
def test_no_source_of_the_page_names_another_host(source: Path) -> None:
    hosts = set(re.findall(r"https?://([^/\"'`\s]+)", source.read_text(encoding="utf-8")))
    assert hosts <= {"www.w3.org", "local.invalid"}


def test_the_message_that_asks_for_sympy_is_the_one_that_the_worker_knows() -> None:
    assert """'{"needs": "sympy"}'""" in (SOURCES / "worker.js").read_text(encoding="utf-8")
