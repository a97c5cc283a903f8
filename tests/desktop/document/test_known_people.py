from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.document.known_people import KnownPeople
from desktop.document.project_document import ProjectDocument
from engine.errors import MediaError
from engine.project import Project


def test_people_are_those_of_the_medium_that_is_open(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def people_in(path: Path) -> tuple[str, ...]:
        if path.name == "broken.mp4":
            raise MediaError("broken.mp4 cannot be read.")
        return (path.stem,)

    monkeypatch.setattr("engine.rendering.people_in", people_in)
    background = Background()
    faults: list[object] = []
    background.fault.connect(faults.append)
    document = ProjectDocument(Project("thin"))
    people = KnownPeople(document, background)
    seen: list[tuple[object, ...]] = []
    people.changed.connect(lambda: seen.append(people.people))
    try:
        for name in ("anna.mp4", "broken.mp4", "berta.mp4"):
            document.reset(Project("thin", media=Path(name)), None)
            qtbot.waitUntil(lambda: not background._under_way)
        assert seen == [("anna",), (), ("berta",)]
        document.reset(Project("thin"), None)
        assert people.people == ()
        assert not faults
    finally:
        background.close()
