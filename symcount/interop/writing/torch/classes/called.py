"""Classes that call one of PyTorch's and give what a chain goes on with: recurrent layers, separable convolutions."""

from __future__ import annotations

_RECURRENT = '''
class EveryStep{kind}(nn.{kind}):
    """The states at every step."""

    def forward(self, x):
        return super().forward(x)[0]
'''

_LAST = '''
class LastStep{kind}(nn.{kind}):
    """The state behind the last step, of both directions where there are two."""

    def forward(self, x):
        state = super().forward(x)[1]{first}
        return state.transpose(0, 1).flatten(1)
'''

_SEPARABLE = '''
class SeparableConv{axes}d(nn.Sequential):
    """A convolution of each channel by itself, and one of kernel 1 over the channels."""

    def __init__(
        self,
        in_channels,
        filters,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        multiplier=1,
        bias=True,
    ):
        between = multiplier * in_channels
        super().__init__(
            nn.Conv{axes}d(
                in_channels,
                between,
                kernel_size,
                stride=stride,
                padding=padding,
                dilation=dilation,
                groups=in_channels,
                bias=False,
            ),
            nn.Conv{axes}d(between, filters, 1, bias=bias),
        )
'''


def called(name: str) -> str | None:
    """Return the text of such a class, None for what is none."""
    for begin, text in (("EveryStep", _RECURRENT), ("LastStep", _LAST)):
        if name.startswith(begin):
            kind = name.removeprefix(begin)
            return text.format(kind=kind, first="[0]" if kind == "LSTM" else "").strip("\n")
    return _SEPARABLE.format(axes=name[-2]).strip("\n") if name.startswith("SeparableConv") else None


NAMES = (
    *(f"{which}Step{kind}" for which in ("Every", "Last") for kind in ("RNN", "GRU", "LSTM")),
    *(f"SeparableConv{axes}d" for axes in (1, 2, 3)),
)
"""The names of all these classes."""
