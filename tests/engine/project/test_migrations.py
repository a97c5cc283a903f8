import pytest

from engine.errors import ProjectError
from engine.project.migrations import MIGRATIONS, SCHEMA_VERSION, Document, migrate


def rename_model(document: Document) -> Document:
    return {("model" if key == "net" else key): value for key, value in document.items()}


def add_note(document: Document) -> Document:
    return {**document, "note": "none"}


def test_every_older_version_has_a_migration() -> None:
    assert set(MIGRATIONS) == set(range(1, SCHEMA_VERSION))


def test_migrations_run_in_turn_from_the_documents_version() -> None:
    steps = {1: rename_model, 2: add_note}
    old: Document = {"schema_version": 1, "net": "m"}
    assert migrate(old, steps, 3) == {"schema_version": 3, "model": "m", "note": "none"}
    assert migrate({"schema_version": 2, "model": "m"}, steps, 3) == {"schema_version": 3, "model": "m", "note": "none"}
    assert old == {"schema_version": 1, "net": "m"}


def test_a_current_document_stays_as_it_is() -> None:
    assert migrate({"schema_version": SCHEMA_VERSION, "x": 1}) == {"schema_version": SCHEMA_VERSION, "x": 1}


def test_a_newer_document_is_refused() -> None:
    with pytest.raises(ProjectError, match=f"version 99; this program reads up to {SCHEMA_VERSION}") as caught:
        migrate({"schema_version": 99})
    assert "Update" in caught.value.remedy


@pytest.mark.parametrize("version", [0, -1, 1.0, True, "1", None])
def test_a_version_is_a_whole_number_from_1(version: object) -> None:
    with pytest.raises(ProjectError, match=r"\$\.schema_version must be a whole number"):
        migrate({"schema_version": version})


@pytest.mark.parametrize("document", [{}, [], None, "schema_version"])
def test_other_json_is_no_project(document: object) -> None:
    with pytest.raises(ProjectError, match="not a project"):
        migrate(document)
