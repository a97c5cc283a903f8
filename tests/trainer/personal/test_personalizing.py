from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.bundle import Bundle, find_bundle
from engine.errors import EngineError, MediaError
from trainer.config_files import load_config
from trainer.initial import model_of
from trainer.personal import personalizing
from trainer.personal.forecast import Extent, Forecast, estimate
from trainer.personal.personalizing import Wish, personalize, preset_for
from trainer.run import Outcome

ONCE = ("prepare", "_draw", "save_initial")


class Stages:
    """Stands in for everything that takes long, and notes what was done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.fails_at = ""
        self.cancels = False
        for name in (*ONCE, "_label", "run_training", "export_checkpoint", "_compare"):
            monkeypatch.setattr(personalizing, name, self._stage(name))
        monkeypatch.setattr(personalizing, "require_splits", lambda _: None)
        monkeypatch.setattr(personalizing, "load_crops", lambda *_: SimpleNamespace(crops=[0]))
        monkeypatch.setattr(personalizing, "_of_length", lambda config, *_: (config, 100))
        monkeypatch.setattr(personalizing, "forecast", lambda *_: Forecast(30, 50, 25, step=0.5))

    def _stage(self, name: str) -> Callable[..., Any]:
        def work(*_arguments: object, **_options: object) -> Any:
            if name == self.fails_at:
                raise KeyboardInterrupt
            self.done.append(name)
            if name == "run_training":
                return Outcome(Path("last.pt"), 3, 9, self.cancels)
            return SimpleNamespace(sorting=None)

        return work


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    return Stages(monkeypatch)


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    photo = tmp_path / "me.jpg"
    photo.write_bytes(b"a photo")
    return Wish((photo,), tmp_path / "me", "eggan-128", steps=100)


def test_all_stages_in_their_order(stages: Stages, wish: Wish, capsys: pytest.CaptureFixture[str]) -> None:
    personal = personalize(wish)
    assert stages.done == [
        *("prepare", "_label", "_draw", "save_initial", "run_training", "export_checkpoint", "_compare"),
    ]
    assert personal.bundle == wish.output
    assert personal.report == wish.output.with_name("me-training") / "report.html"
    told = capsys.readouterr().err
    assert "This will take about 2 minutes here" in told
    assert "100 steps of 0.5 s" in told
    assert "without an identity loss" in told


def test_what_is_done_is_not_done_again(stages: Stages, wish: Wish) -> None:
    stages.fails_at = "_draw"
    with pytest.raises(KeyboardInterrupt):
        personalize(wish)
    assert stages.done == ["prepare", "_label"]
    stages.fails_at, stages.cancels = "", True
    assert personalize(wish).bundle is None
    stages.cancels = False
    personalize(wish)
    assert stages.done[2:4] == ["_draw", "save_initial"]
    assert stages.done[4:] == ["run_training", "run_training", "export_checkpoint", "_compare"]


def test_another_wish_for_the_same_output_is_refused(stages: Stages, wish: Wish) -> None:
    stages.cancels = True
    personalize(wish)
    with pytest.raises(EngineError, match="was begun with other footage, another model or other steps"):
        personalize(Wish(wish.sources, wish.output, wish.model, steps=200))


def test_what_cannot_work_is_told_before_anything_starts(stages: Stages, wish: Wish) -> None:
    (wish.output).mkdir()
    (wish.output / "card.json").write_text("{}")
    with pytest.raises(EngineError, match="exists already"):
        personalize(wish)
    with pytest.raises(EngineError, match="There is no model called"):
        personalize(Wish(wish.sources, wish.output, "egan", 1))
    with pytest.raises(MediaError, match="does not exist"):
        personalize(Wish((Path("nowhere.mp4"),), wish.output, wish.model, 1))
    assert stages.done == []


def test_the_forecast_adds_up() -> None:
    expected = estimate(look_s=0.1, step_s=2.0, extent=Extent(240, pairs=0, moments=0, steps=300), processes=2)
    assert expected.training == pytest.approx(600 + 240 * 0.05 / 2)
    assert 12 < expected.looking < 36
    assert expected.minutes == 11


@pytest.mark.parametrize(("model", "preset"), [("eggan-128", "personal"), ("eggan-detail", "personal-detail")])
def test_the_preset_follows_the_models_variant(model: str, preset: str) -> None:
    base = Bundle.load(find_bundle(model))
    assert preset_for(base) == preset
    assert model_of(base.card.architecture, load_config(preset).model).variant == load_config(preset).model.variant


@pytest.mark.parametrize("preset", ["personal", "personal-detail"])
def test_the_presets_have_no_identity_loss_and_need_neither_critics_nor_downloads(preset: str) -> None:
    losses = load_config(preset).losses
    assert losses.identity == losses.perceptual == losses.image_adversarial == losses.expression == 0
    assert losses.uses_pairs
