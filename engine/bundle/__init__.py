"""Model bundles: a folder with a card, weights and ONNX files, whose hashes are checked before anything is used."""

from engine.bundle.bundle import Bundle
from engine.bundle.card import (
    CARD_NAME,
    ENCODER_ONNX,
    ENCODER_WEIGHTS,
    FORMAT_VERSION,
    GENERATOR_ONNX,
    GENERATOR_WEIGHTS,
    ONNX_FILES,
    WEIGHT_FILES,
    ActionUnitSpec,
    Architecture,
    BundleCard,
    CropSpec,
    EncoderArchitecture,
    ExportRecord,
    FileRecord,
    GeneratorArchitecture,
    InputSpec,
    Precision,
    TrainingRecord,
)
from engine.bundle.finding import BUNDLED_MODELS, available_bundles, find_bundle
from engine.bundle.writing import write_bundle

__all__ = [
    "BUNDLED_MODELS",
    "CARD_NAME",
    "ENCODER_ONNX",
    "ENCODER_WEIGHTS",
    "FORMAT_VERSION",
    "GENERATOR_ONNX",
    "GENERATOR_WEIGHTS",
    "ONNX_FILES",
    "WEIGHT_FILES",
    "ActionUnitSpec",
    "Architecture",
    "Bundle",
    "BundleCard",
    "CropSpec",
    "EncoderArchitecture",
    "ExportRecord",
    "FileRecord",
    "GeneratorArchitecture",
    "InputSpec",
    "Precision",
    "TrainingRecord",
    "available_bundles",
    "find_bundle",
    "write_bundle",
]
