import json
from pathlib import Path

import pytest

from engine.commands.benchmarks import live_run
from engine.live import LiveSession
from engine.pipeline import PipelineSettings
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import make_video
from tests.engine.pipeline.stand_ins import Stages

STAGES = {"decode", "detect", "align", "estimate", "encode", "generate", "composite", "encode video"}


def test_every_stage_is_measured(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    figures.write_text("an earlier run's", encoding="utf-8")
    outcome = command("bench", "--frames", "8", "--compositing", "replace", "--json", figures)
    assert (outcome.code, outcome.err) == (0, "")
    assert opened == [PipelineSettings(compositing="replace")]
    assert all(stage in outcome.out for stage in (*STAGES, "E+G, one face", "stand-in", "8 frames in", "MiB"))
    document = json.loads(figures.read_text(encoding="utf-8"))
    assert document["stages"].keys() >= STAGES
    assert all(0 < times["p50_ms"] <= times["p95_ms"] for times in document["stages"].values())
    assert {times["count"] for times in document["stages"].values()} == {8}
    assert (document["frames"], document["frames_with_face"]) == (8, 8)
    assert document["cpu_ms_a_frame"] > 0
    assert document["threads"] >= 3
    assert document["frames_per_second"] == pytest.approx(8 / document["seconds"])
    assert 10 < document["peak_memory_mib"] < 100_000


def test_a_clip_of_ones_own(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    clip = make_video(tmp_path / "clip.mp4")
    outcome = command("bench", "--source", clip)
    assert "12 frames in" in outcome.out
    assert list(tmp_path.iterdir()) == [clip]


def test_backends_take_turns(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    outcome = command("bench", "--compare", "onnx", "--compare", "torch:cpu", "--json", figures)
    assert (outcome.code, outcome.err) == (0, "")
    assert [(settings.backend, settings.device) for settings in opened] == [("onnx", "auto"), ("torch", "cpu")]
    first, second = json.loads(figures.read_text(encoding="utf-8"))["comparison"]
    assert first["ratio"] == 1
    assert second["ratio"] == pytest.approx(second["networks"]["p50_ms"] / first["networks"]["p50_ms"])
    assert first["networks"]["count"] == second["networks"]["count"] == 60
    assert "ratio" in outcome.out


def test_a_live_session_is_measured(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def session_of_stand_ins(*arguments: object, **options: object) -> LiveSession:
        return LiveSession(*arguments, **options, open_pipeline=lambda *_: Stages().pipeline())  # type: ignore[arg-type]

    monkeypatch.setattr(live_run, "LiveSession", session_of_stand_ins)
    monkeypatch.setattr(live_run, "_WARM_UP_S", 0.1)
    clip, figures = make_video(tmp_path / "clip.mp4"), tmp_path / "figures.json"
    outcome = command("bench", "--live", "--seconds", "1", "--source", clip, "--json", figures)
    assert (outcome.code, outcome.err) == (0, "")
    document = json.loads(figures.read_text(encoding="utf-8"))
    assert document["out_of_order"] == 0
    assert document["seconds"] >= 1
    assert 0 < document["fps_out"] <= document["fps_in"] * 1.1
    assert 0 < document["age_p50_ms"] <= document["age_p95_ms"]
    assert "out of order" in outcome.out


def test_where_the_figures_cannot_go_is_said_before_the_work(
    command: Command, opened: list[PipelineSettings], tmp_path: Path
) -> None:
    outcome = command("bench", "--frames", "8", "--json", tmp_path / "none" / "figures.json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"Error: The folder {tmp_path / 'none'} does not exist.\n")
    assert opened == []


def test_figures_that_cannot_be_written(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    outcome = command("bench", "--frames", "8", "--json", tmp_path)
    assert outcome.code == 1
    assert outcome.err.startswith(f"Error: {tmp_path} cannot be written: ")
