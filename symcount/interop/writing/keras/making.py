"""What the files of Keras' layers share: its idioms, and where the channels stand, which is last."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.interop.writing.alike import order_of_axes
from symcount.interop.writing.channels_last import LastLayers
from symcount.interop.writing.framework import LAST, Style
from symcount.interop.writing.making import Made
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.layers import Shape
from symcount.trace import Part, Step

STYLE = Style(
    name="Keras",
    block="layers.Layer",
    network="keras.Model",
    called="call",
    row="keras.Sequential",
    row_in_list=True,
    row_name="stack",
    list="",
    identity="layers.Identity()",
    at=LAST,
    concatenated="ops.concatenate([{}], axis={})",
    moved="ops.moveaxis({}, 1, -1)",
    counted="{}.count_params()",
    quantities=("trainable", "frozen", "statistics"),
    reserved=frozenset(
        "activity_regularizer add add_loss add_metric add_module add_variable add_weight apply autocast bfloat16 "
        "buffers build build_from_config built call call_super_init children compile compiled compute_dtype "
        "compute_loss compute_mask compute_metrics compute_output_shape compute_output_spec count_params cpu cuda "
        "double dtype dtype_policy dump_patches eval evaluate export extra_repr fit float forward from_config "
        "get_config get_layer get_weights half input input_dtype input_shape input_spec inputs ipu jit_compile layers "
        "load_state_dict load_weights loss losses metrics metrics_names metrics_variables modules mtia name "
        "non_trainable_variables non_trainable_weights optimizer output output_shape outputs parameters path pop "
        "predict quantize requires_grad_ run_eagerly save save_weights set_weights share_memory state_dict "
        "stateless_call summary supports_jit supports_masking symbolic_call to to_empty to_json torch_params train "
        "trainable trainable_variables trainable_weights training type variable_dtype variables weights xpu zero_grad"
        .split()
    ),
)  # fmt: skip
"""How Keras writes a class; the reserved names are those of its layers and models, on each of its backends."""


class KerasMaking(LastLayers):
    """Makes Keras' layers."""

    style = STYLE

    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return the layer that moves the channels of a shape to where they are wanted."""
        if at == wanted or not shape.axes:
            return ()
        order = str(order_of_axes(shape.rank, wanted))
        return (Module("layers.Permute", (Argument(order, role="dims"),), part, "permute"),)

    def reshaped(self, part: Part, sizes: tuple[Size | int, ...], word: str) -> Module:
        """Return the layer that gives values another shape."""
        texts = [self.sizes.text(size) for size in sizes]
        shape = f"({', '.join(texts)}{',' * (len(texts) == 1)})"
        is_open = not all(each.lstrip("-").isdigit() for each in texts)
        return Module("layers.Reshape", (Argument(shape, role="target_shape", is_open=is_open),), part, word)

    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""
        arguments = (flag(scale, "scale", True), flag(shift, "shift", True))
        return Module("Affine", arguments, step, "affine", counts=True)

    def biased(self, bias: Size) -> Argument:
        """Return whether a layer has a bias."""
        return flag(bias, "use_bias", True)
