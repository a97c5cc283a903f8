from pathlib import Path

import pytest

from engine.errors import ProjectError
from engine.project import OutputSettings, Project, Timeline


def test_a_new_project_changes_nothing() -> None:
    project = Project("eggan-base")
    assert project.media is None
    assert project.timeline == Timeline()
    assert project.output == OutputSettings(path=None, quality="high", compositing="detail", keep_audio=True)


def test_paths_do_not_follow_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project("m", Path("clip.mp4"), output=OutputSettings(Path("out.mp4")))
    monkeypatch.chdir(tmp_path.parent)
    assert project.media == tmp_path / "clip.mp4"
    assert project.output.path == tmp_path / "out.mp4"


@pytest.mark.parametrize("name", ["", "a/b", "../m", ".hidden", "a b", "m\n", "ü"])
def test_a_model_is_named_and_not_a_path(name: str) -> None:
    with pytest.raises(ProjectError, match="not the name of a model"):
        Project(name)
