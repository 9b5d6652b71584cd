"""The strip: a network as boxes in proportion from left to right, with branches, repeats, skips and shapes."""

from symcount.drawing.strip.whole import strip as drawn

__all__ = ["drawn"]
