"""Random texts of three sorts: such as mostly exist, such as exist but for some characters, and noise."""

from __future__ import annotations

import random
from pathlib import Path

from symcount.catalogue import families, family_text

CASES = Path(__file__).parent.parent / "cases"


def _lines(name: str, separator: str) -> list[str]:
    lines = (line.partition(separator)[0] for line in (CASES / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line.strip() and not line.startswith("#")]


FIXTURES = (*_lines("counts.txt", "\t"), *_lines("roundtrip.txt", "\t"), *map(family_text, families()))
BAD = (*_lines("errors.txt", "\t"),)


def text(draw: random.Random) -> str:
    """Return a random text; one in four was written by rules of the language."""
    return draw.choices((written, changed, noise), (25, 50, 25))[0](draw)


def written(draw: random.Random) -> str:
    """Return a text that mostly is a network."""
    writing = _Writing(draw)
    chain = f"{draw.choice(_INPUTS)}-{writing.chain(draw.randint(1, 5))}"
    if "blk" in chain:
        chain = f"def blk({draw.choice(('f=cin', 'f', 'f=2*cin'))}) = [body-Lin(f)]; {chain}"
    if draw.random() < 0.1:
        chain = f"let x={writing.size(2)}; {chain.replace('w', 'x')}"
    return chain


def changed(draw: random.Random) -> str:
    """Return a fixture or a shipped network in which some characters are left out, doubled or replaced."""
    found = draw.choice(BAD if draw.random() < 0.2 else FIXTURES)
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(len(found) + 1)
        put = "" if draw.random() < 0.4 else draw.choice(_PUT)
        if draw.random() < 0.15:  # a part of the text itself, in another place
            put = found[place : place + draw.randint(1, 30)]
        other = draw.randrange(len(found) + 1) if draw.random() < 0.2 else place
        found = found[:other] + put + found[other + draw.choice((0, 0, 1, 2)) :]
    return found


def noise(draw: random.Random) -> str:
    """Return words and signs of the language, and characters that are none of it, in any order."""
    match draw.randrange(6):
        case 0:
            return "".join(chr(draw.choice((draw.randrange(128), draw.randrange(0x3000)))) for _ in range(40))
        case 1:
            opening = draw.choice("([{")
            return f"I3-{opening * draw.randint(1, 150)}H3{draw.choice(')]}') * draw.randint(1, 150)}"
        case 2:
            return f"I({draw.choice(_LONG)},n)-C({draw.choice(_LONG)},{draw.choice(_LONG)})-[P2]*{draw.choice(_LONG)}"
        case _:
            return "".join(draw.choice(_WORDS) for _ in range(draw.randint(1, 12)))


_INPUTS = ("I", "I3", "I(n)", "I(3,8)", "I(3,8x8)", "I(w,n)", "I(2,n×n)", "I(n,9)", "I(4,n,w)", "I(w,n,n,n)")
_KINDS = "C T DW SC LC P AP H Lin FF GLU GN LSTM GRU E PE SE U pad crop MHA take d2s s2d".split()
_BARE = "C P H O R BN LN GAP GMP F seq swap bias free _ cls tok P2 U2 pad1 BN(shift=off) E(9,w) RMS".split()
_OPTIONS = (
    *("s=2", "s=w", "p=1", "p=same", "p=w", "p=causal", "bias=off", "g=2", "g=w", "d=2", "ceil=on", "frozen=on"),
    *("k=3", "k=w", "m=2", "h=2"),
)
_COUNTS = ("*2", "*N", "*3", "*(N-1)", "*(i=1..N)", "*(i=0..N-1)", "*(i=0..2)", "*(i=w..N)", "?", "*(n>3)", "*0")
_AROUND = ("res", "frozen", "bi", "moe(4,top=2)", "blk", "mul", "moe(N,top=1)", "blk(w)")
_OPERATORS = ("+", "+", "-", "-", "*", "*", "//", "/", "%", "^")
_PUT = (
    *"()[]{}-+*/|@&,;=?^0129nNC_.: \n#×",
    "let ",
    "def ",
    "->",
    "..",
    "*N",
    "*(i=1..N)",
    "cin",
    "zoo:",
    "@a",
    "-C",
    "(w)",
)
_LONG = ("9" * 99, "9" * 101, "10^99", "2^2^2^2^9", "n^99", "(n^9)^9", "0", "-1", "1/3", "1e9", "0.5", "w", "10^20")
_WORDS = (
    *_PUT, *_KINDS, *_BARE, *_INPUTS, *_OPTIONS, *_COUNTS, *_AROUND,
    "[", "]*", "{", "|", "}", "-", "-", "-", "if(", "min(",
    "\x1b[31m", "\u202e", "\ufeff", "\0", "é", "²", "self", "lambda", "__import__", "min", "zoo:resnet18", "let n=n;",
)  # fmt: skip


class _Writing:
    """A text while it is written."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.labels = 0

    def size(self, depth: int = 1) -> str:
        """A size: mostly a letter or a number, at times a calculation."""
        draw = self.draw
        if not depth or draw.random() < 0.55:
            return draw.choice("1 2 3 4 5 8 n w k N cin i".split())
        one, other = self.size(depth - 1), self.size(depth - 1)
        match draw.randrange(9):
            case 0:
                return f"{draw.choice(('ceil', 'floor'))}({one}/{other})"
            case 1:
                return f"{draw.choice(('min', 'max'))}({one},{other})"
            case 2:
                return f"if({one}{draw.choice(('==', '<', '>=', '!='))}{other},{self.size(0)},{self.size(0)})"
            case 3:
                return f"({one}+{other})/2"
            case _:
                return f"({one}{draw.choice(_OPERATORS)}{other})"

    def layer(self) -> str:
        draw = self.draw
        if draw.random() < 0.35:
            return draw.choice(_BARE)
        arguments = [self.size(draw.randrange(3))]
        if draw.random() < 0.3:
            arguments.append(self.size())
        arguments += draw.sample(_OPTIONS, draw.choice((0, 0, 1, 2)))
        return f"{draw.choice(_KINDS)}({','.join(arguments)})"

    def chain(self, leaves: int) -> str:
        """A chain of so many layers, in groups, branches, repeats and wrappers."""
        draw = self.draw
        if leaves == 1 and draw.random() < 0.7:
            return self.layer()
        match draw.randrange(7) if leaves > 1 else draw.randrange(2, 7):
            case 0 | 1:
                first = draw.randint(1, leaves - 1)
                return f"{self.chain(first)}-{self.chain(leaves - first)}"
            case 2 | 3:
                count = draw.choice(_COUNTS) if draw.random() < 0.8 else f"*({self.size(2)})"
                return f"[{self.chain(max(1, leaves - 1))}]{count}"
            case 4:
                others = "_" if draw.random() < 0.5 else self.chain(max(1, leaves // 2))
                return f"{{{self.chain(max(1, leaves // 2))}{draw.choice('|+')}{others}}}"
            case 5:
                return f"{draw.choice(_AROUND)}[{self.chain(max(1, leaves - 1))}]"
            case _:
                self.labels += 1
                label = f"a{self.labels}"
                return f"{self.chain(max(1, leaves - 1))}@{label}-{{@{label}|_}}"
