"""Modules as ONNX files: the same bytes for the same weights, without traces of the machine that wrote them."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

OPSET: Final = 18
"""The one that torch's exporter writes without conversion, and that every execution provider knows."""


def onnx_file(module: nn.Module, inputs: Mapping[str, Tensor], outputs: Sequence[str], *, store_half: bool) -> bytes:
    """Return the content of an ONNX file that computes `module` for batches of any size.

    Args:
        module: in evaluation mode.
        inputs: name and example of each input, in order; the examples hold a batch of at least 2.
        outputs: name of each output.
        store_half: keep the parameters as float16. ONNX Runtime makes them float32 when it loads the file.
    """
    sizes: list[Any] = [torch.export.Dim("batch", min=1), *[torch.export.Dim.AUTO] * (len(inputs) - 1)]
    program = torch.onnx.export(
        module,
        tuple(inputs.values()),
        dynamo=True,
        dynamic_shapes=_arguments(module, [{0: size} for size in sizes]),
        input_names=list(inputs),
        output_names=list(outputs),
        opset_version=OPSET,
        verbose=False,
    )
    assert program is not None  # it is for the older exporter only
    model = program.model_proto
    _remove_traces(model)
    if store_half:
        _store_half(model.graph, {name for name, _ in module.named_parameters()})
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _arguments(module: nn.Module, values: Sequence[Any]) -> tuple[Any, ...]:
    """One value for each input of `module`, in the shape of its signature: `*inputs` is one argument."""
    kinds = [parameter.kind for parameter in inspect.signature(module.forward).parameters.values()]
    return (tuple(values),) if kinds == [inspect.Parameter.VAR_POSITIONAL] else tuple(values)


def _remove_traces(model: onnx.ModelProto) -> None:
    """Remove what the exporter notes about source files and versions; no runtime reads it."""
    model.producer_version = ""
    graph = model.graph
    del graph.value_info[:]
    described: Iterable[Any] = (model, graph, *graph.input, *graph.output, *graph.node, *graph.initializer)
    for part in described:
        del part.metadata_props[:]
        part.doc_string = ""


def _store_half(graph: onnx.GraphProto, parameters: set[str]) -> None:
    """Store the initializers called `parameters` as float16 and cast them back where the graph begins."""
    casts = []
    for initializer in graph.initializer:
        name = initializer.name
        if name in parameters and initializer.data_type == TensorProto.FLOAT:
            stored = f"{name}.half"
            initializer.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(initializer).astype(np.float16), stored))
            casts.append(helper.make_node("Cast", [stored], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
