"""The file that `symcount exam new` writes: an exam to begin with, which explains itself."""

from __future__ import annotations

STARTER = """\
# An exam. Print it:            symcount exam exam.toml -o exam.pdf
# with its solutions:           symcount exam exam.toml --sheet solutions -o solutions.pdf
# thirty variants for Moodle:   symcount exam exam.toml --students 30 -o exam.xml

title = "Convolutional networks"
language = "en"          # de, es, fr, zh
seed = 7                 # another number, other variants
partial = 50             # percent for an answer that one known mistake gives
instructions = "No calculators. Show your working."

# A question: a network in which small letters are symbols, the values that they may take, and what is asked.
[[question]]
name = "filters"
architecture = "I(c,n×n)-C(f,k)"
with = {c = [1, 3], n = "28, 32", f = "16..64 step 16", k = "3, 5, 7"}
ask = "params"           # or output, macs, receptive-field, memory, …
points = 2

# as = "choice" offers options; the wrong ones are what students who make a mistake get.
[[question]]
name = "lenet"
architecture = "I(1,28×28)-C(f,5)-P2-C(g,k)-P2-H(h)-O10"
with = {f = "6, 16, 32", g = "16, 32", k = "3, 5", h = "84, 120, 256"}
where = ["params < 10^6", "f != g"]
as = "choice"
points = 4

# A shape, written in.
[[question]]
name = "shape"
architecture = "I(3,n×n)-C(f,k,s=2,p=p)"
with = {n = "32, 64, 224", f = "16, 32", k = "3, 5, 7", p = "0..3"}
where = ["2*p < k"]
ask = "output"
points = 2

# Which padding? solve names the symbol that is asked for.
[[question]]
name = "padding"
architecture = "I(3,n×n)-C(f,k,p=p)"
with = {n = "28, 32", f = "16", k = "3, 5, 7", p = "0..4"}
where = ["2*p == k - 1"]
ask = "output"
as = "value"
solve = "p"

# A question of the bank; symcount exam --list shows all of them. Any key may be changed.
[[question]]
bank = "field-strided"
points = 3
"""


def starter() -> str:
    """Return the text of an exam to begin with."""
    return STARTER
