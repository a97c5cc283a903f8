"""The findings of an evaluation as plain values, for report.json."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AU_COLUMNS
from trainer.evaluation import paper
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.controls import STEPS, Responses
from trainer.evaluation.movement import FaceReport
from trainer.evaluation.report import Findings

_DIGITS: Final = 4


def findings_document(findings: Findings) -> dict[str, object]:
    """Everything measured, rounded to 4 digits; what is not a number is null."""
    document: dict[str, object] = {
        "people": findings.people,
        "sources": findings.sources,
        "edits": findings.edits,
        "expression": _by_level(findings.expression, _agreement),
        "estimator": _agreement(findings.estimator),
        "verification": {
            "real_pairs": None if findings.real_pairs is None else asdict(findings.real_pairs),
            **_by_level(findings.verification, asdict),
        },
        "reconstruction": asdict(findings.reconstruction),
        "controls": _by_level(findings.controls, _responses),
        "smoothness": _by_level(findings.smoothness, asdict),
        "truth": {"pairs": findings.pairs, **_by_level(findings.truth, asdict)},
        "paper": {
            "mse": paper.AU_SQUARED_ERROR,
            "pcc": paper.AU_CORRELATION,
            "verification": paper.VERIFICATION,
            "note": paper.NOTE,
        },
    }
    plain: dict[str, object] = _plain(document)
    return plain


def movement_document(reports: list[FaceReport]) -> list[object]:
    """The movement table, a value a photo."""
    plain: list[object] = _plain([asdict(report) for report in reports])
    return plain


def _by_level(parts: Mapping[str, Any], describe: Any) -> dict[str, object]:
    return {level: describe(part) for level, part in parts.items()}


def _agreement(agreement: Agreement) -> dict[str, object]:
    return {
        "faces": agreement.count,
        "mse": agreement.mean_squared_error,
        "pcc": agreement.mean_correlation,
        "aus": {
            column: {"mse": agreement.squared_error[index], "pcc": agreement.correlation[index]}
            for index, column in enumerate(AU_COLUMNS)
        },
    }


def _responses(responses: Responses) -> dict[str, object]:
    own = np.diag_indices(len(AU_COLUMNS))
    return {
        "steps": STEPS,
        "monotone": int(responses.monotone.sum()),
        "off_target": responses.off_target.mean(),
        "aus": {
            column: {
                "monotone": bool(responses.monotone[index]),
                "slope": responses.slopes[own][index],
                "off_target": responses.off_target[index],
                "curve": responses.curves[index, :, index],
            }
            for index, column in enumerate(AU_COLUMNS)
        },
        "slopes": responses.slopes,
    }


def _plain(value: Any) -> Any:
    """Without NumPy's types; what is not a finite number is None."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(part) for part in _listed(value)]
    if isinstance(value, float | np.floating):
        return round(float(value), _DIGITS) if math.isfinite(value) else None
    return value


def _listed(value: NDArray[Any] | list[Any] | tuple[Any, ...]) -> list[Any]:
    return list(value)
