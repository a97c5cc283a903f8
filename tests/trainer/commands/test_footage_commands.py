import json
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.terminal.exit_codes import run_to_exit_code
from tests.trainer.footage.made_up import write_picture
from trainer.commands.app import run
from trainer.footage import estimating, labelling


def exit_code(*arguments: object) -> int:
    return run_to_exit_code(lambda: run([str(argument) for argument in arguments]))


def test_footage_without_a_face_ends_with_the_reasons_and_a_contact_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_picture(tmp_path / "me" / "wall.png", size=40)
    assert exit_code("prepare", tmp_path / "me", "-o", tmp_path / "data", "--json") == 1
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["rejected"] == {"no-face": 1}
    assert Path(document["contact_sheet"]).is_file()
    assert "all files show one person (person), 1 photo of 1 person." in printed.err
    assert "Error: No picture is of use: 1 no-face." in printed.err
    assert exit_code("prepare", tmp_path / "me", "-o", tmp_path / "data") == 1
    assert "no face was found" in capsys.readouterr().err


def test_restore_and_discard_say_what_they_need(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("restore", tmp_path) == 2
    assert "--reason or --all" in capsys.readouterr().err
    assert exit_code("restore", tmp_path, "--all") == 1
    assert exit_code("discard", tmp_path, "a.jpg") == 1
    assert "is not a dataset that prepare has made" in capsys.readouterr().err


def test_label_tells_what_was_left_out_and_warns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelling, "write_distribution", lambda *_: None)
    monkeypatch.setattr(estimating, "_find", lambda paths: ["" for _ in paths])
    table = tmp_path / "train" / "metadata.csv"
    table.parent.mkdir()
    columns = ",".join(f"AU{number:02d}_r" for number in (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25, 26, 45))
    table.write_text(f"file_name,identity,{columns}\na.jpg,ann{',0' * 17}\nb.jpg,ann{',' * 17}\n")
    assert exit_code("label", tmp_path, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["earlier"] == 1
    assert document["remarks"] == ["Pictures without a face, which stay unlabelled, 1: b.jpg."]
    assert len(document["hardly_varying"]) == 17
    assert exit_code("label", tmp_path) == 0
    assert "Hardly varying in the training split: AU1, AU2" in capsys.readouterr().err


def test_a_card_is_printed_for_people_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("card", "eggan-128", "--json") == 0
    card = json.loads(capsys.readouterr().out)
    assert exit_code("card", "eggan-128") == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert f"{card['training']['steps']:,}" in printed
    assert card["licence"] in printed
    assert all(name in printed and record["sha256"][:12] in printed for name, record in card["files"].items())
    with pytest.raises(EngineError, match="There is no model called 'eggan-129'"):
        run(["card", "eggan-129"])
