import csv
import json
from pathlib import Path

import cv2
import pytest
from matplotlib.figure import Figure

from engine.action_units import AU_COLUMNS
from engine.media import read_photo
from engine.terminal.exit_codes import run_to_exit_code
from trainer.commands.app import run
from trainer.evaluation import writing
from trainer.evaluation.controls import STEPS


@pytest.fixture
def one_person(root: Path, tmp_path: Path) -> Path:
    """A photo at rest and its mirror image, said to be a smile of the same group; the same in both splits."""
    data = tmp_path / "data"
    photo = cv2.cvtColor(read_photo(root / "assets" / "demo" / "astronaut.jpg").shown(), cv2.COLOR_RGB2BGR)
    photo = cv2.resize(photo, (256, 256))
    for split in ("train", "test"):
        (data / split).mkdir(parents=True)
        cv2.imwrite(str(data / split / "rest.png"), photo)
        cv2.imwrite(str(data / split / "smile.png"), photo[:, ::-1])
        with (data / split / "metadata.csv").open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["file_name", "identity", "kind", "group", *AU_COLUMNS])
            table.writerow(["rest.png", "eileen", "neutral_real", "a", *["0"] * len(AU_COLUMNS)])
            table.writerow(
                ["smile.png", "eileen", "render", "a", *("3" if name == "AU12_r" else "0" for name in AU_COLUMNS)]
            )
    return data


def test_from_a_dataset_to_a_report(
    one_person: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_plots", lambda _: {"expression": Figure()})  # the real ones take seconds
    folder = tmp_path / "report"
    arguments = ["evaluate", "--data", one_person, "-o", folder, "--edits", 8, "--level", "network", "--no-movement"]
    arguments += ["--model", "eggan-128"]
    with pytest.raises(SystemExit) as leaving:
        run([*map(str, arguments), "--json"])
    assert leaving.value.code == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["report"] == str(folder / "report.md")
    values = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert values["expression"] == printed["expression"]
    assert (values["people"], values["sources"], values["edits"]) == (1, 2, 8)
    assert set(values["expression"]) == {"network"}
    assert values["expression"]["network"]["faces"] == 8
    assert values["truth"]["pairs"] == 2
    assert len(values["controls"]["network"]["aus"]["AU12_r"]["curve"]) == len(STEPS)
    assert values["verification"] == {"real_pairs": None}
    assert 0 < values["reconstruction"]["ms_ssim"] < 1
    for name in ("expressions", "interpolation", "action_units"):
        assert (folder / f"{name}_network.png").is_file()


def test_an_unknown_level_is_named(one_person: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "--data", str(one_person), "-o", str(tmp_path / "report"), "--level", "moon"]
    assert run_to_exit_code(lambda: run(arguments)) == 1
    assert "'moon'" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


def test_a_missing_checkpoint_is_named(one_person: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "--data", str(one_person), "-o", str(tmp_path / "report"), "--model", "gone/last.pt"]
    assert run_to_exit_code(lambda: run(arguments)) == 1
    assert "gone/last.pt" in capsys.readouterr().err
