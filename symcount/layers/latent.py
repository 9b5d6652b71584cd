"""Latent attention: keys and values are made of a few values for each token, and only those need to be cached."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, product
from symcount.layers.arguments import From, LayerError
from symcount.layers.constraints import Constraint
from symcount.layers.declarations import size
from symcount.layers.layer import Layer
from symcount.layers.reach import whole
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, many, sentence
from symcount.layers.shape import Shape


class LatentAttention(Layer, token="MLA", aliases=("latentattention",)):
    """Multi-head latent attention: keys and values of every head are made of one latent of ``r_kv`` values a token.

    DeepSeek-V2, 2024, section 2.1: no biases, a factor for each value of a latent (RMS normalisation), and
    ``rope`` values that are rotated, in each query and once beside the latent. ``q`` is the latent of the
    queries, where they have one; ``dv`` is the width of a value.
    """

    reach = whole

    noun = "latent attention"

    heads: Size = size("h", open_letter="a")
    latent: Size = size("r_kv")
    dk: Size = size("d_k")
    rope: Size = size("d_r")
    q: Size | None = size("r_q", default=None, named_only=True)
    dv: Size = size("d_v", default=From("dk"), named_only=True)

    biases = none("its matrices have no biases")

    def output(self, x: Shape) -> Shape:
        if not x.axes:
            hint = "a sequence is I(channels,T), embedded numbers are I(T)-E(V,d)"
            raise LayerError("no-axes", "MLA works on a sequence, but a vector arrives", hint=hint)
        return x

    def parameters(self, x: Shape) -> Size:
        factors = self.latent if self.q is None else self.q + self.latent
        return self._matrices(x) + factors

    def _matrices(self, x: Shape) -> Size:
        asked = self.heads * (self.dk + self.rope)
        queries = x.channels * asked if self.q is None else x.channels * self.q + self.q * asked
        keys = x.channels * (self.latent + self.rope) + self.latent * self.heads * (self.dk + self.dv)
        return queries + keys + self.heads * self.dv * x.channels

    def macs(self, x: Shape, y: Shape) -> Size:
        places = product(x.axes)
        return self._matrices(x) * places + places * places * self.heads * (self.dk + self.rope + self.dv)

    def cached(self, x: Shape, y: Shape) -> Size:
        return self.latent + self.rope

    def work(self, x: Shape, y: Shape) -> Sentence:
        words = "the matrices at every place; then every place has a score for each of {}, and adds up their values"
        return sentence(words, many(product(x.axes), "place"))

    def reason(self, x: Shape) -> Sentence:
        latent = "queries" if self.q is None else sentence("queries, through {}", many(self.q, "value"))
        latents = sentence("to a latent of {} and {} that are rotated", many(self.latent, "value"), self.rope)
        return sentence("matrices to the {}; {}; from it to keys and values; and one back", latent, latents)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        self.output(x)
        return iter(())
