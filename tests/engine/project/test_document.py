from pathlib import Path
from typing import get_args

import pytest

from engine.compositor import MODES
from engine.errors import ProjectError
from engine.media import Encoding, VideoCodec
from engine.project import Codec, Compositing, OutputSettings, Project, Timeline


def test_a_new_project_changes_nothing() -> None:
    project = Project("eggan-128")
    assert project.media is None
    assert project.timeline == Timeline()
    assert project.output == OutputSettings(path=None, codec=None, quality=70, compositing="detail", keep_audio=True)


def test_paths_do_not_follow_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project("m", Path("clip.mp4"), output=OutputSettings(Path("out.mp4")))
    monkeypatch.chdir(tmp_path.parent)
    assert project.media == tmp_path / "clip.mp4"
    assert project.output.path == tmp_path / "out.mp4"


@pytest.mark.parametrize("quality", [-1, 101])
def test_a_quality_beyond_its_scale_is_refused(quality: int) -> None:
    with pytest.raises(ProjectError, match=r"outside 0\.\.100"):
        OutputSettings(quality=quality)


def test_the_words_are_those_of_the_stages() -> None:
    assert get_args(Codec) == tuple(VideoCodec)
    assert get_args(Compositing) == MODES
    assert OutputSettings().quality == Encoding().quality


@pytest.mark.parametrize("name", ["", "a/b", "../m", ".hidden", "a b", "m\n", "ü"])
def test_a_model_is_named_and_not_a_path(name: str) -> None:
    with pytest.raises(ProjectError, match="not the name of a model"):
        Project(name)
