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


_KINDS = ("RNN", "GRU", "LSTM")

CALLED = {
    **{f"EveryStep{kind}": _RECURRENT.format(kind=kind) for kind in _KINDS},
    **{f"LastStep{kind}": _LAST.format(kind=kind, first="[0]" if kind == "LSTM" else "") for kind in _KINDS},
    **{f"SeparableConv{axes}d": _SEPARABLE.format(axes=axes) for axes in (1, 2, 3)},
}
"""The text of each class, by its name."""
