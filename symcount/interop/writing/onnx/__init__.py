"""ONNX: a network as a graph of its operators, whose weights are zeros that no file holds."""

from __future__ import annotations

from typing import Any

from symcount.answers.built import check_known
from symcount.counts import Count
from symcount.errors import not_installed
from symcount.interop.writing.drafting import drafted
from symcount.interop.writing.onnx.graph import Graph
from symcount.interop.writing.onnx.layers import OnnxLayers


def content(count: Count) -> bytes:
    """Return a network as the bytes of an ONNX file; a layer that ONNX has no operator for is refused by name."""
    model, _ = graphed(count)
    found: bytes = model.SerializeToString()
    return found


def graphed(count: Count) -> tuple[Any, Graph]:
    """Return a network as a model of the package onnx, checked, with the graph that was walked."""
    try:
        import onnx
    except ModuleNotFoundError:
        raise not_installed("writing an ONNX file", "onnx", "onnx") from None
    check_known(count)
    graph = Graph(onnx, drafted(count, OnnxLayers()), count.text)
    model = graph.model()
    onnx.checker.check_model(model, full_check=True)
    return model, graph
