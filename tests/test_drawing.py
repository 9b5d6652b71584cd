"""Pictures: nothing overlaps, text is text and nothing but text, what is equal is folded, and every medium is valid."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.drawing import PICTURES, Figure, View, figure
from symcount.drawing.figure import Box, Words
from symcount.drawing.figure import Path as Line
from symcount.drawing.looks import KINDS_OF_BOXES, LOOKS
from symcount.drawing.ticks import Line as Ticks
from symcount.drawing.view import Over
from symcount.drawing.windowed import windowed
from symcount.render.pictures import picture_text
from tests import media
from tests.drawings import clashes
from tests.pictures import FOLDER, PAGE, pictures

SVG = "{http://www.w3.org/2000/svg}"

TEN = (
    "zoo:lenet5", "zoo:vgg16_bn", "zoo:resnet50", "zoo:unet-96", "zoo:googlenet", "zoo:gpt-2", "zoo:densenet121",
    "zoo:keras-imdb-bilstm", "zoo:mixtral-8x7b", "zoo:unetplusplus-96", "zoo:swin_t", "zoo:inception_v3",
)  # fmt: skip
OTHERS = (
    "I-C-P-C-P-H-O", "I(3,n×n)-C(f,3,p=1)-{C(f,3,p=1)-R+_}*N-GAP-O", "I(L)-E(V,d)@w-moe(8,top=2)[FF(4*d)]-Lin(V,w=@w)",
    "I(c,T)-frozen[C(4,3,p=1)@a-R]-SE(2)-{@a|_}-mul{_|GAP-H(8)}", "I5", "I(2,9)-C(2,3,p=1)?-GAP",
    "I(1,9)-[C(4,3,p=1)-R]*7@x-P2", "I(300,40)@a;I(2,40)@b;{@a|@b}-LSTM(9)-O2",
)  # fmt: skip


def drawn(arch: str, picture: str = "strip", width: float = 720, **asked: Any) -> Figure:
    return figure(sc.Architecture(arch).counted, picture, View(width, **asked))


def texts(of: Figure) -> list[str]:
    return [mark.text for mark in of.marks if isinstance(mark, Words)]


@pytest.mark.parametrize("arch", [*TEN, *OTHERS])
@pytest.mark.parametrize("width", [720, 240])
def test_nothing_overlaps_in_a_strip(arch: str, width: int) -> None:
    assert clashes(drawn(arch, width=width)) == []


@pytest.mark.parametrize("arch", ["zoo:lenet5", "zoo:resnet50", "zoo:keras-imdb-bilstm"])
def test_a_strip_fits_into_a_column(arch: str) -> None:
    wide = drawn(arch, width=720)
    assert wide.width <= 720
    narrow = drawn(arch, width=400)
    assert narrow.width <= 400
    assert texts(wide)[:3] == texts(narrow)[:3]


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        (Words(20, 100, "over the boxes and the labels of others"), "text over"),
        (Words(-9, 20, "left"), "outside"),
        (Box(0, 0, 9000, 5, "other"), "outside"),
        (Line(((0, 90), (300, 90))), "text over a mark"),
    ],
)
def test_what_overlaps_is_seen(mark: Words | Box | Line, complaint: str) -> None:
    whole = drawn("I(1,28x28)-C(6,5)-R-P2-H120-O10")
    spoiled = Figure(whole.title, whole.description, whole.width, whole.height, (*whole.marks, mark))
    assert any(complaint in each for each in clashes(spoiled))


@pytest.mark.parametrize(("arch", "lines"), [("zoo:unet-96", 4), ("zoo:unet-starter", 4), ("zoo:resnet50", 0)])
def test_lines_join_what_is_taken_up_again(arch: str, lines: int) -> None:
    found = drawn(arch)
    assert sum(isinstance(mark, Line) and mark.look == "skip" for mark in found.marks) == lines
    assert not any("@" in text for text in texts(found))


def test_what_is_lent_is_marked_where_it_is_and_where_it_is_used() -> None:
    found = texts(drawn("zoo:whisper-tiny"))
    assert found.count("@memory") == found.count("@word") == 2


def test_boxes_are_in_proportion() -> None:
    boxes = {
        mark.hint.split(":")[0]: mark
        for mark in drawn("I(1,64x64)-C(8,3,p=1)-P2-C(16,3,p=1)").marks
        if isinstance(mark, Box)
    }
    assert boxes["C1"].height == 2 * boxes["P1"].height == 2 * boxes["C2"].height
    assert boxes["C2"].width == 2 * boxes["C1"].width == 2 * boxes["P1"].width


def test_a_layer_is_named_with_its_shape() -> None:
    assert [text for text in texts(drawn("I(1,28x28)-C(32,5)-R-P2-H(h)-O10")) if text[0] in "ICPHO1367h"][:10] == [
        "I", "1×28²", "C1 5×5", "32×24²", "P1 2×2", "32×12²", "H1", "h", "O1", "10",
    ]  # fmt: skip


def test_symbols_are_drawn_with_what_stands_in_for_them() -> None:
    shown = " ".join(texts(drawn("I(3,n×n)-C(f,k)-P2-O10"))).replace("\u00a0", " ")
    assert "C1 k×k f×(n − k + 1)² P1 2×2 f×n₂² O1 10" in shown
    assert "The proportions are those of n = 128, f = 64, k = 3." in shown
    assert shown.endswith("n₂ = ⌈(n − k)/2⌉.")


def test_a_box_tells_all_of_its_layer() -> None:
    hints = [mark.hint for mark in drawn("I(1,28x28)-C(32,5)").marks if isinstance(mark, Box) and mark.hint]
    assert hints == ["I(1,28x28); output 1×28×28", "C1: C(32,5); output 32×24×24; 832 parameters"]


@pytest.mark.parametrize(
    ("arch", "said"),
    [
        ("I(3,64x64)-" + "-".join(["C(8,3,p=1)-BN-R"] * 1600), "× 1,599"),
        ("I(3,64x64)-[C(8,3,p=1)-BN-R]*20000", "× 19999"),
        ("I(3,64x64)-{" + "|".join(["C(8,3,p=1)"] * 3000) + "}", "3,000 such"),
    ],
)
def test_what_is_equal_is_folded(arch: str, said: str) -> None:
    found = drawn(arch)
    assert said in texts(found)
    assert len(picture_text(found, "svg")) < 60_000


@pytest.mark.parametrize("arch", ["I8" + "".join(f"-H{i}" for i in range(1, 4900)), "I(3,9000)" + "-C(4,3)-R" * 2400])
def test_of_very_many_the_middle_is_left_out(arch: str) -> None:
    found = drawn(arch)
    assert any("more" in getattr(mark, "hint", "") for mark in found.marks)
    assert len(picture_text(found, "svg")) < 2_000_000
    assert clashes(found) == []


@pytest.mark.parametrize("name", ["n" * 99, "alpha", "x_y_z", "_n"])
def test_any_name_is_text(name: str) -> None:
    root = svg(drawn(f"I(c,{name}×{name})-C({name}_2,3)@{name}9-R-{{@{name}9|_}}"))
    assert root.find(f"{SVG}title") is not None


def test_what_is_hostile_is_text() -> None:
    whole = drawn("I(1,9x9)-C(3,3)")
    bad = 'x</text><script>alert("1")</script>&\u202e\x07\ud800\ufffe]]>'
    spoiled = Figure(bad, bad, 200, 90, (*whole.marks, Words(1, 20, bad), Box(1, 1, 9, 9, "other", bad)))
    root = svg(spoiled)
    assert root.find(f".//{SVG}script") is None
    found = [text for each in root.iter(f"{SVG}text") if (text := each.text or "").startswith("x</text>")]
    assert found == ['x</text><script>alert("1")</script>&\\u202e\\x07\\ud800�]]>']


NUMBERS = (
    "zoo:lenet5",
    "zoo:vgg16",
    "zoo:resnet50",
    "zoo:unet-96",
    "zoo:densenet121",
    "zoo:googlenet",
    "zoo:unetplusplus-96",
)


@pytest.mark.parametrize("picture", ["shares", "icicle", "receptive-field", "convolution"])
@pytest.mark.parametrize("arch", NUMBERS)
@pytest.mark.parametrize("width", [720, 317])
def test_nothing_overlaps_in_other_pictures(picture: str, arch: str, width: int) -> None:
    found = drawn(arch, picture, width)
    assert clashes(found) == []
    assert found.width <= width + 1


def test_shares_are_exact() -> None:
    found = texts(drawn("I(1,28x28)-C(6,5)-P2-H120-O10", "shares", quantities=("params",)))
    assert found[:5] == ["C1", "H1", "O1", "parameters: 105,166", "156 · 0.1 %"]
    assert "103,800 · 98.7 %" in found
    boxes = [
        mark
        for mark in drawn("I8-H8-H16", "shares", quantities=("weights",)).marks
        if isinstance(mark, Box) and mark.hint
    ]
    assert boxes[1].width == pytest.approx(2 * boxes[0].width)


@pytest.mark.parametrize(
    "arch", ["zoo:resnet50", "zoo:mixtral-8x7b", "zoo:densenet121", "zoo:vgg16", "I8-[H8-[H8]*3-{H4|H4}]*5-O2"]
)
def test_an_icicle_adds_up(arch: str) -> None:
    boxes = [mark for mark in drawn(arch, "icicle").marks if isinstance(mark, Box) and mark.look == "ground"]
    first = [box for box in boxes if box.x == boxes[0].x]
    assert sum(box.height for box in first) == pytest.approx(340, abs=1.2 * len(first) + 3)
    for box in boxes:
        inside = [
            each for each in boxes if each.x == box.x + box.width and box.y - 1e-6 <= each.y < box.y + box.height - 1e-6
        ]
        assert sum(each.height for each in inside) <= box.height + 1e-6


def test_what_is_in_a_repeat_has_the_share_of_all_its_times() -> None:
    assert set(texts(drawn("I8-[H8-R]*3-[H8-{H8+_}]*6-O1", "icicle"))) == {
        "1,089 params", "[H8-R] × 3 · 19.8 %", "H1 · 19.8 %", "[H8-{H8+_}] × 6 · 79.3 %", "H2 · 39.7 %",
        "add · 39.7 %", "H3 · 39.7 %", "dense", "block",
    }  # fmt: skip


@pytest.mark.parametrize(("width", "heading"), [(460, "multiply-accumulates: "), (640, "macs: ")])
def test_a_number_is_never_cut(width: int, heading: str) -> None:
    net = sc.parse("I(128)-E(1000000,900)-[{LN-MHA(9)+_}]*99-Lin(1000000)")
    found = net.draw("shares", width=width).figure
    assert f"{heading}{net.of('macs'):,}" in texts(found)
    assert clashes(found) == []


def test_what_sees_all_has_no_stride() -> None:
    assert "H1: 28×28" in texts(drawn("zoo:lenet5", "receptive-field"))
    assert "C1: 16×16, every 16" in texts(drawn("zoo:vit_b_16", "receptive-field"))


def test_receptive_fields_are_drawn_for_an_open_input() -> None:
    assert "C2: 7×7, every 4" in texts(drawn("I(c,n×n)-C(f,3,s=2)-C(f,3,s=2)", "receptive-field"))
    assert "C1: 3, every 1" in texts(drawn("I(c,n)-C(f,3)", "receptive-field"))


def test_receptive_fields_are_those_of_the_count() -> None:
    net = sc.zoo("lenet5")
    boxes = [mark for mark in net.draw("receptive-field").figure.marks if isinstance(mark, Box)]
    found = {box.hint.split(":")[0]: box.width for box in boxes if box.look.startswith("depth")}
    size = next(box.width for box in boxes if box.hint == "the input") / 28
    assert {name: round(width / size) for name, width in found.items()} == {
        name: net.of("receptive-field", at=name) for name in ("C1", "P1", "C2", "P2", "H1")
    }


@pytest.mark.parametrize(
    "arch",
    [
        "I(1,9)-C(1,3)", "I(1,10)-C(1,3,s=2)", "I(1,17)-C(1,3,s=3,d=2)", "I(1,8)-C(1,4,s=2,p=same)",
        "I(1,9)-P(2,ceil=on)",
        "I(1,9)-C(1,3,d=2,p=causal)", "I(1,12)-C(1,5,s=4,p=2)", "I(1,11)-P(3,s=2,p=1)", "I(1,7)-C(1,2,s=5)",
        "I(1,97)-C(1,3,s=4,d=3)", "I(1,1003)-C(1,2,s=7)", "I(1,501)-C(1,5,s=6,d=2,p=3)",
    ],
)  # fmt: skip
def test_what_is_never_seen_is_what_no_window_meets(arch: str) -> None:
    net = sc.parse(arch)
    step, (axis,) = windowed(net.counted, None)
    (n,), (out,) = step.input.axes, step.output.axes
    seen = {tap for unit in range(int(str(out))) for tap in axis.taps(unit)}
    assert axis.n == n
    assert set(axis.cells) >= seen
    assert {cell for cell in range(axis.n) if axis.is_unseen(cell)} == {*range(axis.n)} - seen
    assert axis.unseen == len({*range(axis.n)} - seen)
    inside = sum(not axis.is_padding(tap) for unit in range(axis.windows) for tap in axis.taps(unit))
    assert step.kind == "P" or inside == net.of("macs-inside")


def test_the_row_that_is_never_seen_is_drawn() -> None:
    found = drawn("I(1,7x7)-P3", "convolution")
    assert (
        sum(isinstance(mark, Box) and mark.look == "unseen" for mark in found.marks) == 13 + 1 + 1
    )  # and in the legend
    assert "Along the height 1 of 7 cells is never seen." in texts(found)
    assert any("⌊(7 − 3)/3⌋ + 1 = 2" in text for text in texts(found))


def test_a_layer_is_chosen() -> None:
    assert texts(drawn("zoo:lenet5", "convolution", at="C2"))[0] == "C2  C(16,5)"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("I(d)-H(4*d)-H(d)", "I(d)-H1000-H(d)", "At d = 250, I(d)-H(4*d)-H(d) and I(d)-H1000-H(d) are equal: 501,250."),
        ("I(d)-H(d)", "I(d)-H10-H3", "From d = 13 on, I(d)-H(d) has more than I(d)-H10-H3."),
    ],
)
@pytest.mark.parametrize("last", [300, 100_000])
def test_crossings_are_exact(one: str, other: str, said: str, last: int) -> None:
    found = drawn(one, "growth", over=Over("d", 1, last), beside=((other, sc.parse(other).counted),))
    assert said in texts(found)
    assert clashes(found) == []
    value = int(re.findall(r"d = (\d+)", said)[0])
    orders = [sc.parse(one)(d=d).params - sc.parse(other)(d=d).params for d in (value - 1, value)]
    assert orders[0] < 0 <= orders[1]


def test_a_curve_has_no_points_where_no_network_is() -> None:
    marks = drawn("I(1,n)-C(4,5)-P2-O1", "growth", over=Over("n", 1, 30)).marks
    line = next(mark for mark in marks if isinstance(mark, Line) and mark.look == "curve 1")
    assert len(line.points) == 30 - 5


@pytest.mark.parametrize(
    ("line", "ticks"),
    [
        (Ticks(0, 512, 100, log=False), ["0", "100", "200", "300", "400", "500"]),
        (Ticks(1, 1000, 100, log=True), ["1", "3", "10", "30", "100", "300", "1,000"]),
        (Ticks(10, 10**12, 100, log=True), ["100", "10,000", "10⁶", "10⁸", "10¹⁰", "10¹²"]),
    ],
)
def test_ticks_are_round(line: Ticks, ticks: list[str]) -> None:
    assert [text for _, text in line.ticks(7)] == ticks
    assert all(0 <= line.place(number) <= line.length for number, _ in line.ticks(7))


@pytest.mark.parametrize(
    ("arch", "picture", "asked", "code"),
    [
        ("I(c,n)-C(4,3)", "shares", {}, "open-total"), ("I8-H8", "shares", {"quantities": ("output",)}, "bad-form"),
        ("I8-R", "icicle", {}, "no-quantity"), ("I8-H8", "icicle", {"quantities": ("params", "macs")}, "bad-form"),
        ("I8-H8", "receptive-field", {}, "no-quantity"), ("I(1,8)-R", "receptive-field", {}, "no-quantity"),
        ("I(1,n)-C(4,k)", "receptive-field", {}, "open-total"), ("I8-H8", "convolution", {}, "no-windows"),
        ("I(1,n)-C(4,3)", "convolution", {}, "open-total"), ("I(1,9)-R-C(4,3)", "convolution", {"at": "R1"}, None),
        ("I(1,9)-C(4,3)", "convolution", {"at": "C9"}, "unknown-place"), ("I(d)-H8", "growth", {}, "bad-range"),
        ("I(d)-H8", "growth", {"over": Over("x", 1, 9)}, "unknown-symbol"),
        ("I(d)-H(e)", "growth", {"over": Over("d", 1, 9)}, "open-total"),
        ("I(1,n)-C(4,9)", "growth", {"over": Over("n", 1, 5)}, "bad-range"),
        ("I(1,n)-C(4,3)", "growth", {"over": Over("n", 3, 9), "quantities": ("output",)}, "bad-form"),
        ("I(1,n×m)-C(4,3)", "growth", {"over": Over("n", 3, 9), "quantities": ("min-input",)}, "open-total"),
        ("I(1,9×9)-C(4,3x1)", "shares", {"quantities": ("receptive-field",)}, "bad-form"),
        ("I8-H8", "strip", {"quantities": ("params",)}, "not-taken"), ("I8-H8", "shares", {"at": "H1"}, "not-taken"),
        ("I8-H8", "icicle", {"over": Over("n", 1, 5)}, "not-taken"), ("I8-H8", "strip", {"scale": "log"}, "not-taken"),
    ],
)  # fmt: skip
def test_what_has_no_picture_is_refused(arch: str, picture: str, asked: dict[str, Any], code: str | None) -> None:
    if code is None:
        assert clashes(drawn(arch, picture, **asked)) == []
        return
    with pytest.raises(sc.ArchitectureError) as caught:
        drawn(arch, picture, **asked)
    assert caught.value.code == code


HUGE = "(10^400)"


@pytest.mark.parametrize(
    ("arch", "picture", "asked"),
    [
        (f"I({HUGE})-H({HUGE})", "strip", {}), (f"I({HUGE})-H({HUGE})", "shares", {}),
        (f"I({HUGE})-H({HUGE})", "icicle", {}), (f"I(3,{HUGE})-C(4,3)-P2", "receptive-field", {}),
        (f"I(3,{HUGE})-C(4,3)-P2", "convolution", {}), (f"I(3,{HUGE},9)-C(4,3,p=1)", "convolution", {}),
        (f"I(d)-H({HUGE})", "growth", {"over": Over("d", 1, 9)}),
        ("I(d)-H(d)", "growth", {"over": Over("d", 1, 10**17)}),
        (f"I(3,{HUGE})-C(4,{HUGE})", "convolution", {}), (f"I(3,{HUGE})-C(4,{HUGE})", "receptive-field", {}),
        (f"I(3,{HUGE})-C(4,3,s={HUGE},p=1)", "convolution", {}), (f"I(d)-[H(d)]*{HUGE}", "strip", {}),
    ],
)  # fmt: skip
def test_numbers_of_any_size_are_drawn_or_refused(arch: str, picture: str, asked: dict[str, Any]) -> None:
    try:
        assert picture_text(drawn(arch, picture, **asked), "svg").endswith("</svg>\n")
    except sc.ArchitectureError as error:
        assert error.code == "limit"


def svg(of: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(picture_text(of, "svg").encode())


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_read_out(picture: str) -> None:
    asked: dict[str, Any] = {"over": Over("o", 1, 9)} if picture == "growth" else {}
    root = svg(drawn("zoo:lenet5", picture, **asked))
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    said = [each.text or "" for each in root if each.get("id") in named]
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert len(said) == 2
    assert all(len(each) > 9 for each in said)


def test_two_pictures_share_no_name() -> None:
    one, two = (set(re.findall(r'id="([^"]+)"', picture_text(drawn(arch), "svg"))) for arch in ("I5-H2", "I5-H3"))
    assert one
    assert one.isdisjoint(two)


def _lightness(colour: str) -> float:
    """CIE lightness of a colour, 0 to 100."""
    linear = [(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in _parts(colour)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * light ** (1 / 3) - 16)


def _parts(colour: str) -> Iterator[float]:
    return (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))


def test_kinds_differ_without_colour() -> None:
    looks = [LOOKS[name] for name in KINDS_OF_BOXES]
    for at, one in enumerate(looks):
        for other in looks[:at]:
            assert one.pattern != other.pattern or abs(_lightness(one.fill) - _lightness(other.fill)) >= 8, (one, other)


def test_text_is_dark_enough() -> None:
    assert all(_lightness(LOOKS[name].fill) < 50 for name in ("ink", "grey"))


def test_latex_compiles(tmp_path: Path) -> None:
    program = media.needs("kpsewhich")
    if not subprocess.run([program, "tikz.sty"], capture_output=True, check=False).stdout:
        media.missing("tikz")
    drawings = "\n\n".join(
        picture_text(drawn(arch), "latex") for arch in ("zoo:unet-96", "I(c,alpha×alpha)-C(f_1,3)-P2-O10")
    )
    source = (
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{amsmath}\\usepackage{tikz}"
        "\\usetikzlibrary{patterns,arrows.meta}\\usepackage[paperwidth=40cm]{geometry}"
        f"\\begin{{document}}{drawings}\\end{{document}}"
    )
    shown = media.text_of(media.pdflatex(source, tmp_path))
    assert "convolution" in shown


def test_pdf_has_text_and_png_is_one() -> None:
    picture = sc.parse("I(1,28x28)-C(32,5)-P2-O10").draw(width=300)
    assert picture.pdf().startswith(b"%PDF")
    assert picture.png().startswith(b"\x89PNG")


def test_letters_are_no_longer_than_is_thought(tmp_path: Path) -> None:
    """What fits by the table of widths fits in a browser, whatever font it has."""
    pictures = [drawn(arch) for arch in ("zoo:resnet50", "zoo:unet-96", "I-C-P-C-P-H-O", "zoo:mixtral-8x7b")]
    pictures += [drawn("zoo:resnet50", name) for name in ("shares", "icicle", "receptive-field", "convolution")]
    page = tmp_path / "page.html"
    page.write_text(_MEASURED.format("".join(picture_text(each, "svg") for each in pictures)), encoding="utf-8")
    document, _ = media.chromium(page, tmp_path, "--dump-dom")
    lengths = json.loads(document.partition('<pre id="measured">')[2].partition("</pre>")[0])
    thought = [mark for each in pictures for mark in each.marks if isinstance(mark, Words)]
    assert len(lengths) == len(thought) > 200
    wide = [
        (mark.text, mark.width, length)
        for mark, length in zip(thought, lengths, strict=True)
        if length > mark.width + 0.5
    ]
    assert wide == []


_MEASURED = """<!DOCTYPE html><meta charset="utf-8"><title>measured</title><body>{}<pre id="measured"></pre><script>
const lengths = [...document.querySelectorAll("svg text")].map(text => text.getComputedTextLength());
document.getElementById("measured").textContent = JSON.stringify(lengths);
</script>"""


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["draw", *words])
    return done.exit_code, done.output


def test_the_command_writes_what_the_ending_says(tmp_path: Path) -> None:
    for ending, start in (("svg", b"<svg "), ("tex", b"% "), ("pdf", b"%PDF"), ("png", b"\x89PNG")):
        path = tmp_path / f"net.{ending}"
        assert run("I(1,28x28)-C(6,5)-O10", "-o", str(path)) == (0, "")
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("I5", "--as", "strp"), "did you mean strip?"),
        (("I5", "--width", "3"), "a picture is 200 to 4000 pixels wide, and 3 is 3"),
        (("I5", "--width", "wide"), "write 600, 3.3in, 240pt, 12cm or 80mm"),
        (("I5", "-o", "x.md"), "it writes svg, latex, pdf, png"),
        (("I5", "-o", "x.gif"), "end it in .svg, .tex, .pdf, .png, or add --format svg"),
        (("I5", "--as", "growth", "n=1..5", "m=1..5"), "growth is over one symbol"),
        (("I5", "n=1..5"), "the picture strip takes no range of a symbol"),
    ],
)
def test_what_cannot_be_drawn_is_said(words: tuple[str, ...], message: str) -> None:
    status, output = run(*words)
    assert status == 2
    assert message in output


def test_a_picture_is_a_value() -> None:
    net = sc.parse("I(1,28x28)-C(6,5)-O10")
    assert net.draw() == net.draw() != net.draw(width=300)
    assert len({net.draw(), net.draw()}) == 1
    assert repr(net.draw()) == "<picture: Architecture of I(1,28x28)-C(6,5)-O10>"
    with pytest.raises(sc.ArchitectureError, match="no picture is called 'comic'"):
        net.draw("comic")
    with pytest.raises(sc.ArchitectureError, match="no picture is written in 'gif'"):
        net.draw().to("gif")


def test_the_pictures_of_the_documents_are_those_of_the_commands() -> None:
    found = pictures()
    assert found == {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    assert len(found) == PAGE.read_text(encoding="utf-8").count("](pictures/")
