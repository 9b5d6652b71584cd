"""Reads ONNX models by the package onnx: the graph and the shapes of its initializers, never what they are kept in."""

from symcount.interop.reading.onnx.model import is_onnx, read_onnx

__all__ = ["is_onnx", "read_onnx"]
