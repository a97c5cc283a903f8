"""The trained estimator as the engine loads it: two ONNX files and a card that tells where they come from."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import torch

from engine.action_units import AU_COLUMNS
from engine.errors import ModelError
from engine.faces.expression import CARD_NAME, EXPRESSION_LANDMARKS, FORMAT_VERSION, INTENSITY_NETWORK, NEUTRAL_NETWORK
from engine.files import replacing_folder
from trainer.deployment.tracing import OPSET, onnx_file
from trainer.estimator.evaluation import Evaluation
from trainer.estimator.training import Estimator, EstimatorConfig
from trainer.evaluation.agreement import Agreement

DESCRIPTION_NAME: Final = "dataset.json"
_DIGITS: Final = 3


def write_estimator(
    folder: Path, estimator: Estimator, config: EstimatorConfig, evaluation: Evaluation, data: Path
) -> None:
    """Write the estimator in one step; an estimator that is there already is replaced.

    Args:
        folder: where it shall lie.
        estimator: the trained networks.
        config: how they were trained.
        evaluation: how well they do.
        data: the dataset's folder; its `dataset.json`, where there is one, tells name, licence and sources.

    Raises:
        ModelError: the folder holds anything else, or cannot be written.
    """
    if folder.exists() and not (folder / CARD_NAME).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise ModelError(f"{folder} exists and is not an estimator.", "Choose another name; it is not replaced.")
    points = torch.zeros(2, len(EXPRESSION_LANDMARKS), 3)
    # The exporter takes inputs that are one tensor for one input.
    inputs = {"points": points, "neutral": points.clone(), "calibrated": torch.zeros(2, 1)}
    files = {
        INTENSITY_NETWORK: onnx_file(estimator.intensities, inputs, ["intensities"], store_half=False),
        NEUTRAL_NETWORK: onnx_file(estimator.neutral, {"points": points}, ["neutral"], store_half=False),
    }
    card = {
        "format_version": FORMAT_VERSION,
        "name": "au-estimator",
        "description": "Intensities of 17 action units, and the neutral face, from MediaPipe's face landmarks.",
        "architecture": {
            "input": "landmarks in the head's frame: rotation, size and position removed by a rigid fit",
            "landmarks": list(EXPRESSION_LANDMARKS),
            "principal_components": config.code_size,
            "hidden": list(config.hidden),
            "activation": "gelu",
            "opset": OPSET,
        },
        "au_names": list(AU_COLUMNS),
        "au_range": [0, 5],
        "rest_levels": [_rounded(level) for level in estimator.intensities.rest_levels.tolist()],
        "training": {"config": asdict(config), "data": _describe_data(data)},
        "metrics": describe_evaluation(evaluation),
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        },
    }
    try:
        with replacing_folder(folder) as part:
            for name, content in files.items():
                (part / name).write_bytes(content)
            text = json.dumps(card, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
            (part / CARD_NAME).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ModelError(
            f"The estimator {folder} cannot be written: {error.strerror or error}.", "Choose another folder."
        ) from error


def describe_evaluation(evaluation: Evaluation) -> dict[str, object]:
    """The measurements as JSON."""
    return {
        "single_face": _describe(evaluation.single),
        "neutral_guessed": _describe(evaluation.guessed),
        "neutral_known": _describe(evaluation.known),
        "photos": {name: round(value, _DIGITS) for name, value in asdict(evaluation.photos).items()},
    }


def _describe(agreement: Agreement) -> dict[str, object]:
    measures = {
        "pcc": agreement.correlation,
        "mse": agreement.squared_error,
        "mae": agreement.absolute_error,
    }
    per_au = {
        column: {name: _rounded(values[index]) for name, values in measures.items()}
        for index, column in enumerate(AU_COLUMNS)
    }
    return {"mean": {name: _rounded(values.mean()) for name, values in measures.items()}, "aus": per_au}


def _rounded(value: float) -> float | None:
    """NaN, which an AU without variance has, becomes null."""
    return round(float(value), _DIGITS) if value == value else None


def _describe_data(data: Path) -> dict[str, object]:
    try:
        document = json.loads((data / DESCRIPTION_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"name": data.resolve().name}
    except (OSError, ValueError) as error:
        raise ModelError(f"{data / DESCRIPTION_NAME} cannot be read: {error}.", "Correct or remove it.") from error
    return {key: document[key] for key in ("name", "version", "licence", "sources") if key in document}
