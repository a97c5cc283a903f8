import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError
from tests.trainer.evaluation.made_up_findings import made_up_findings
from trainer.evaluation.geometry import MOVEMENTS
from trainer.evaluation.markdown import findings_text
from trainer.evaluation.movement import FaceReport
from trainer.evaluation.sheets import draw_grid
from trainer.evaluation.writing import Subject, write_report

SUBJECT = Subject("models/mine", "faces", "paper and pencil", 12.0)


def _movement(name: str, stillness: float) -> FaceReport:
    passing = {"AU12 mouth width": 0.1, "AU26 lip gap": 0.07, "AU45 eye aspect": -0.6, "AU1+2 brow height": 0.1}
    assert passing.keys() == MOVEMENTS.keys()
    return FaceReport(name, passing, {"eye aspect": stillness})


def test_a_report_tells_all_and_links_its_figures(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    sheets = {"expressions_network": draw_grid(np.zeros((1, 2, 128, 128, 3), np.uint8), ("source", "happy"))}
    write_report(folder, SUBJECT, made_up_findings(), sheets, [_movement("ann", 0.01), _movement("ben", 0.08)])
    text = (folder / "report.md").read_text(encoding="utf-8")
    for part in ("| **mean** | **0.250** | **1.000**", "*97.04%*", "∞", "| neutral preset on a neutral photo |", "1/2"):
        assert part in text
    for line in text.splitlines():
        if line.startswith("!["):
            assert (folder / line.split("(")[1].rstrip(")")).is_file(), line
    values = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert values["expression"]["network"]["mse"] == 0.25
    assert values["expression"]["network"]["aus"]["AU05_r"]["pcc"] is None
    assert values["reconstruction"]["psnr_db"] is None
    assert values["controls"]["detail"]["monotone"] == 17
    assert values["paper"]["mse"] == 0.24


def test_a_report_without_verifier_and_groups() -> None:
    text = findings_text(replace(made_up_findings(), real_pairs=None, verification={}, truth={}, pairs=0))
    assert "Table 1" in text
    assert "Table 2" not in text
    assert "true pictures" not in text


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("precious")
    with pytest.raises(MediaError, match="taken"):
        write_report(tmp_path / "taken", SUBJECT, made_up_findings(), {}, [])
