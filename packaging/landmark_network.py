"""Merge the seven outputs of MediaPipe's attention mesh into one tensor of 478 landmarks, inside the network.

The network yields a coarse mesh and refined lips, eyes and irises; the legacy pipeline joined them in C++ code. Here
the join becomes five operators (gather, mean, concatenate, gather) at the end of the TFLite graph.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import flatbuffers  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

MESH_POINTS: Final = 468
IRIS_POINTS: Final = 5
EYE_CONTOUR_POINTS: Final = 16
# fmt: off
LIPS: Final = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
)
"""Mesh indices in the order of the network's refined lips."""

FIRST_EYE: Final = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
    130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190,
    226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189,
    35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245,
    156, 70, 63, 105, 66, 107, 55, 193,
)
"""Mesh indices in the order of `output_left_eye`, the eye to the viewer's left; the lid contour comes first."""

SECOND_EYE: Final = (
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
    359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414,
    446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413,
    265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465,
    383, 300, 293, 334, 296, 336, 285, 417,
)
"""Mesh indices in the order of `output_right_eye`, to the viewer's right."""
# fmt: on

FIRST_IRIS: Final = tuple(range(MESH_POINTS, MESH_POINTS + IRIS_POINTS))
SECOND_IRIS: Final = tuple(range(MESH_POINTS + IRIS_POINTS, MESH_POINTS + 2 * IRIS_POINTS))
REFINEMENTS: Final[Mapping[str, tuple[int, ...]]] = {
    "output_lips": LIPS,
    "output_left_eye": FIRST_EYE,
    "output_right_eye": SECOND_EYE,
    "output_left_iris": FIRST_IRIS,
    "output_right_iris": SECOND_IRIS,
}
"""Outputs of (x, y) pairs that replace those of the coarse mesh, in the order in which they are concatenated."""


def source_indices() -> NDArray[np.int32]:
    """Where each coordinate of the landmarks lies in the vector [mesh xyz | refinements xy | mean z of both eyes].

    Returns:
        int32 [478 * 3]. x and y come from the refinement that holds the landmark, if one does, z from the mesh; an
        iris, which the mesh lacks, lies at the mean depth of its eye's contour.
    """
    indices = np.zeros((MESH_POINTS + 2 * IRIS_POINTS, 3), np.int32)
    indices[:MESH_POINTS] = np.arange(MESH_POINTS * 3).reshape(MESH_POINTS, 3)
    position = MESH_POINTS * 3
    for landmarks in REFINEMENTS.values():
        for landmark in landmarks:
            indices[landmark, :2] = position, position + 1
            position += 2
    indices[list(FIRST_IRIS), 2] = position
    indices[list(SECOND_IRIS), 2] = position + 1
    return indices.ravel()


class GraphEditor:
    """Appends tensors and operators to the only graph of a TFLite model.

    Args:
        schema: the generated TFLite schema.
        model: the model as an unpacked flatbuffer.
    """

    def __init__(self, schema: Any, model: Any) -> None:
        self.schema = schema
        self.model = model
        self.graph = model.subgraphs[0]
        self.outputs: dict[str, int] = {
            self.graph.tensors[index].name.decode(): int(index) for index in self.graph.outputs
        }

    def tensor(self, name: str, shape: Iterable[int]) -> int:
        """A float32 tensor that an operator fills; returns its index."""
        return self._tensor(name, shape, self.schema.TensorType.FLOAT32, self.schema.BufferT())

    def constant(self, name: str, values: NDArray[np.int32]) -> int:
        """An int32 tensor with fixed values; returns its index."""
        buffer = self.schema.BufferT()
        buffer.data = np.frombuffer(values.tobytes(), np.uint8)
        return self._tensor(name, values.shape, self.schema.TensorType.INT32, buffer)

    def operator(self, kind: str, options: Any, inputs: Iterable[int], output: int) -> None:
        """An operator such as "GATHER" with its options table; it runs after all operators before it."""
        operator = self.schema.OperatorT()
        operator.opcodeIndex = self._operator_code(getattr(self.schema.BuiltinOperator, kind))
        operator.inputs, operator.outputs = list(inputs), [output]
        operator.builtinOptions = options
        operator.builtinOptionsType = getattr(self.schema.BuiltinOptions, type(options).__name__.removesuffix("T"))
        self.graph.operators.append(operator)

    def _tensor(self, name: str, shape: Iterable[int], kind: int, buffer: Any) -> int:
        self.model.buffers.append(buffer)
        tensor = self.schema.TensorT()
        tensor.name, tensor.shape, tensor.type = name.encode(), list(shape), kind
        tensor.buffer = len(self.model.buffers) - 1
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def _operator_code(self, builtin: int) -> int:
        for index, code in enumerate(self.model.operatorCodes):
            if max(code.builtinCode, code.deprecatedBuiltinCode) == builtin:
                return index
        code = self.schema.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = builtin
        code.version = 1
        self.model.operatorCodes.append(code)
        return len(self.model.operatorCodes) - 1


def append_merge(editor: GraphEditor) -> None:
    """Give the network the outputs (`landmarks_478`, face flag) in place of its seven."""
    schema, outputs = editor.schema, editor.outputs
    mesh = outputs["output_mesh_identity"]

    gather = schema.GatherOptionsT()
    gather.axis = 3
    contours = np.array([FIRST_EYE[:EYE_CONTOUR_POINTS], SECOND_EYE[:EYE_CONTOUR_POINTS]], np.int32)
    contour_z_indices = editor.constant("v2/eye_z_idx", contours * 3 + 2)
    contour_z = editor.tensor("v2/eye_z", (1, 1, 1, 2, EYE_CONTOUR_POINTS))
    editor.operator("GATHER", gather, (mesh, contour_z_indices), contour_z)

    mean = schema.ReducerOptionsT()
    mean.keepDims = False
    point_axis = editor.constant("v2/axis", np.array([4], np.int32))
    iris_z = editor.tensor("v2/iris_z", (1, 1, 1, 2))
    editor.operator("MEAN", mean, (contour_z, point_axis), iris_z)

    concatenation = schema.ConcatenationOptionsT()
    concatenation.axis = 3
    width = MESH_POINTS * 3 + sum(2 * len(landmarks) for landmarks in REFINEMENTS.values()) + 2
    everything = editor.tensor("v2/concat", (1, 1, 1, width))
    editor.operator(
        "CONCATENATION", concatenation, (mesh, *(outputs[name] for name in REFINEMENTS), iris_z), everything
    )

    indices = source_indices()
    index_tensor = editor.constant("v2/refine_idx", indices)
    landmarks = editor.tensor("landmarks_478", (1, 1, 1, indices.size))
    editor.operator("GATHER", gather, (everything, index_tensor), landmarks)
    editor.graph.outputs = [landmarks, outputs["conv_faceflag"]]


def describe_outputs(model: Any, metadata_schema: Any) -> None:
    """Reduce the embedded metadata to the two outputs left; the input's normalisation stays."""
    (entry,) = (entry for entry in model.metadata if entry.name == b"TFLITE_METADATA")
    buffer = model.buffers[entry.buffer]
    root = metadata_schema.ModelMetadata.GetRootAs(bytes(buffer.data), 0)
    metadata = metadata_schema.ModelMetadataT.InitFromObj(root)
    graph = metadata.subgraphMetadata[0]
    landmarks, face_flag = graph.outputTensorMetadata[0], graph.outputTensorMetadata[-1]
    landmarks.name = b"landmarks_478"
    graph.outputTensorMetadata = [landmarks, face_flag]
    builder = flatbuffers.Builder(1024)
    builder.Finish(metadata.Pack(builder), b"M001")
    buffer.data = np.frombuffer(bytes(builder.Output()), np.uint8)


def align_buffers(schema: Any) -> None:
    """Make the generated code honour the schema's `force_align: 16`: the interpreter reads weights in place."""

    def pack(self: Any, builder: flatbuffers.Builder) -> int:
        data = None
        if self.data is not None and len(self.data):
            raw = np.asarray(self.data, np.uint8).tobytes()
            builder.StartVector(1, len(raw), 16)
            builder.head -= len(raw)
            builder.Bytes[builder.head : builder.head + len(raw)] = raw
            data = builder.EndVector()
        schema.BufferStart(builder)
        if data is not None:
            schema.BufferAddData(builder, data)
        return int(schema.BufferEnd(builder))

    schema.BufferT.Pack = pack


def merged_network(source: bytes, schema: Any, metadata_schema: Any) -> bytes:
    """Return the attention mesh `source` (a TFLite file) with the outputs `landmarks_478` and face flag.

    Args:
        source: `face_landmark_with_attention.tflite`.
        schema, metadata_schema: the modules that flatc generated for TFLite models and their metadata.
    """
    align_buffers(schema)
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(source, 0))
    append_merge(GraphEditor(schema, model))
    describe_outputs(model, metadata_schema)
    builder = flatbuffers.Builder(len(source) + (1 << 16))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())
