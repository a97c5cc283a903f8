"""The folder of an evaluation: report.md for people, report.json for programs, and PNG figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from engine.errors import MediaError
from engine.files import write_atomically
from trainer.evaluation.document import findings_document, movement_document
from trainer.evaluation.markdown import findings_text, movement_text
from trainer.evaluation.movement import FaceReport
from trainer.evaluation.plots import plot_agreement, plot_cross_talk, plot_responses
from trainer.evaluation.report import Findings

_DPI: Final = 110
REPORT_TEXT: Final = "report.md"
REPORT_VALUES: Final = "report.json"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured.

    Attributes:
        model: the bundle or the checkpoint.
        data: the dataset.
        backend: the software and the device that computed.
        seconds: how long it took.
    """

    model: str
    data: str
    backend: str
    seconds: float


def write_report(
    folder: Path,
    subject: Subject,
    findings: Findings,
    sheets: Mapping[str, Figure],
    movement: Sequence[FaceReport],
) -> None:
    """Write the whole report; files of an earlier one are replaced.

    Args:
        folder: made where it does not exist.
        subject: named at the top.
        findings: what was measured.
        sheets: pictures of faces, by their files' names without suffix.
        movement: what `animate` does to the neutral photos; may be empty.

    Raises:
        MediaError: the folder cannot be written to.
    """
    text = (
        f"# {Path(subject.model).name}, evaluated\n\n"
        f"Model `{subject.model}`, data `{subject.data}`, computed by {subject.backend} in {subject.seconds:.0f} s.\n\n"
        f"{findings_text(findings)}"
    )
    if movement:
        text += f"\n{movement_text(movement)}"
    if sheets:
        text += "\n## Pictures\n\nThey show people of the dataset; mind its licence before passing them on.\n"
        text += "".join(f"\n![{name.replace('_', ' ')}]({name}.png)\n" for name in sheets)
    values = {"subject": asdict(subject), **findings_document(findings), "movement": movement_document(list(movement))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, figure in _plots(findings).items():
            figure.savefig(folder / f"{name}.png", dpi=_DPI)
        for name, figure in sheets.items():
            figure.savefig(folder / f"{name}.png")
        write_atomically(folder / REPORT_VALUES, (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode())
        write_atomically(folder / REPORT_TEXT, text.encode())
    except OSError as error:
        raise MediaError(
            f"The report {folder} cannot be written: {error.strerror or error}.", "Choose another --output."
        ) from error


def _plots(findings: Findings) -> dict[str, Figure]:
    """By their files' names without suffix, as the text links them."""
    return {
        "expression": plot_agreement(findings.expression, findings.estimator),
        "responses": plot_responses(findings.controls),
        **{f"cross_talk_{level}": plot_cross_talk(part, level) for level, part in findings.controls.items()},
    }
