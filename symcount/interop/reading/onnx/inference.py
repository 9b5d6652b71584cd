"""Shapes by onnx's own inference, in a process of its own, which C++ ends at some malformed models."""

from __future__ import annotations

import os
import subprocess
from multiprocessing.spawn import get_executable

from symcount.errors import ArchitectureError, visible

_CHILD = """
import onnx, sys
model = onnx.load_model_from_string(sys.stdin.buffer.read())
try:
    sys.stdout.buffer.write(onnx.shape_inference.infer_shapes(model, data_prop=True).SerializeToString())
except Exception as error:
    sys.exit(str(error).splitlines()[0])
"""

LONGEST_INFERENCE = 120
"""Seconds that the inference of shapes may take."""


def inferred(model: bytes) -> bytes:
    """Return a model with the shapes that onnx infers; a model that it cannot read is refused."""
    command = [os.fsdecode(get_executable()), "-c", _CHILD]
    try:
        done = subprocess.run(command, input=model, capture_output=True, timeout=LONGEST_INFERENCE)
    except subprocess.TimeoutExpired:
        message = f"the inference of its shapes takes more than {LONGEST_INFERENCE} s"
        raise ArchitectureError("limit", f"the ONNX model is not read: {message}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = visible(said[-1]) if said and done.returncode == 1 else "onnx itself ends at it"
        raise ArchitectureError("bad-file", f"the ONNX model is not read: its shapes cannot be inferred: {why}")
    return done.stdout
