"""The report of a personal model: figures and pictures before and after, on one page that needs nothing else."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from engine.files import write_atomically
from engine.types import RGBImage
from trainer.errors import TrainingError
from trainer.personal.comparison import FIGURES, SHOWN, Likeness, Sitting, Subject

REPORT: Final = "report.html"
_TEMPLATE: Final = Path(__file__).with_suffix(".html")
_PICTURE_PX: Final = 300
_QUALITY: Final = 88


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two models: its name, how well it draws the person, and its pictures."""

    name: str
    likeness: Likeness
    sittings: Sequence[Sitting]


def write_report(path: Path, title: str, summary: str, subject: Subject, before: Side, after: Side) -> None:
    """Write the page.

    Raises:
        TrainingError: the file cannot be written.
    """
    sides = before, after
    likeness = [row for row in zip(FIGURES, *(side.likeness.texts for side in sides), strict=True) if row[1]]
    control = [
        (f"{name}: asked {expression[unit]:g}", *(f"{_mean(side, name):.1f}" for side in sides))
        for name, (unit, expression) in SHOWN.items()
    ]
    page = _TEMPLATE.read_text(encoding="utf-8").format(
        title=escape(title),
        summary=escape(summary),
        likeness=_figures(before, after, likeness),
        control=_figures(before, after, control),
        pictures=_pictures(subject, before, after),
    )
    try:
        write_atomically(path, page.encode())
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error


def _mean(side: Side, name: str) -> float:
    values = [sitting.measured[name] for sitting in side.sittings if not np.isnan(sitting.measured[name])]
    return float(np.mean(values)) if values else float("nan")


def _figures(before: Side, after: Side, rows: Sequence[Sequence[str]]) -> str:
    head = f"<tr><th></th><th>{escape(before.name)}</th><th>{escape(after.name)}</th></tr>"
    lines = (
        f'<tr><td>{escape(what)}</td><td class="number">{old}</td><td class="number">{new}</td></tr>'
        for what, old, new in rows
    )
    return f"<table>{head}{''.join(lines)}</table>"


def _pictures(subject: Subject, before: Side, after: Side) -> str:
    lines = []
    for number, picture in enumerate(subject.pictures):
        for side in (before, after):
            sitting = side.sittings[number]
            cells = [(picture, f"footage, {side.name}:")]
            cells += [] if sitting.drawn is None else [(sitting.drawn, f"drawn {side.name}")]
            cells += [(pixels, name) for name, pixels in sitting.edited.items()]
            lines.append("".join(f"<td>{_image(pixels)}{escape(text)}</td>" for pixels, text in cells))
    return f'<table class="pictures">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _image(pixels: RGBImage) -> str:
    scale = min(1.0, _PICTURE_PX / min(pixels.shape[:2]))
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    parameters = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    encoded = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), parameters)[1].tobytes()
    return f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(encoded).decode()}">'
