from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, MediaError
from tests.trainer.faces import drawn_crops, tiny_config
from trainer.config import LossConfig
from trainer.errors import ConfigError, TrainingError
from trainer.readiness import check_readiness, make_folder, remarks, require_enough_pictures, run_checks


def failing(error: EngineError) -> None:
    raise error


def test_one_fault_is_told_as_it_is_and_several_together() -> None:
    done: list[int] = []
    first, second = ConfigError("The first.", "Mend it."), MediaError("The second.")
    with pytest.raises(ConfigError) as one:
        run_checks(lambda: failing(first), lambda: done.append(1))
    assert one.value is first
    with pytest.raises(TrainingError) as both:
        run_checks(lambda: failing(first), lambda: done.append(2), lambda: failing(second))
    assert both.value.message == "2 things are in the way of the training:\n- The first. Mend it.\n- The second."
    assert done == [1, 2]
    run_checks()


def test_tables_and_checkpoints_are_checked_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "initial.pt").write_text("no checkpoint")
    with pytest.raises(TrainingError) as caught:
        check_readiness(tiny_config(), tmp_path, tmp_path / "out", tmp_path / "initial.pt")
    message = caught.value.message
    assert "3 things" in message
    assert f"{tmp_path / 'test' / 'metadata.csv'} does not exist" in message
    assert "initial.pt is damaged" in message


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be made"):
        make_folder(tmp_path / "file" / "out")


def test_one_person_has_no_identity_to_tell() -> None:
    alone = drawn_crops(1, 4)
    with pytest.raises(TrainingError, match="one person only, 'person 0'") as caught:
        require_enough_pictures(tiny_config(), alone)
    assert "--config personal" in caught.value.remedy
    require_enough_pictures(tiny_config(LossConfig(perceptual=0, identity=0)), alone)


def test_pairs_need_groups_and_processes_need_pictures() -> None:
    lonely = replace(drawn_crops(3, 2), groups=np.arange(6))
    with pytest.raises(TrainingError, match="no two pictures of the training split share a group"):
        require_enough_pictures(tiny_config(LossConfig(perceptual=0, change=1)), lonely)
    config = tiny_config(batch_size=8)
    require_enough_pictures(config, lonely)
    two = config.model_copy(update={"run": config.run.model_copy(update={"devices": 2})})
    with pytest.raises(TrainingError, match="6 pictures, fewer than"):
        require_enough_pictures(two, lonely)


def test_what_a_user_should_know_is_said_with_names_and_counts() -> None:
    train, test = drawn_crops(3, 2), drawn_crops(2, 2)
    train = replace(
        train,
        identities=np.array([0, 0, 1, 1, 1, 2]),
        without_face=("a.jpg",),
        unreadable=tuple(f"{n}.jpg" for n in range(6)),
    )
    assert list(remarks(train, test, tiny_config())) == [
        "Pictures without a face are left out, 1: a.jpg",
        "Damaged pictures are left out, 6: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg, …",
        "People with one picture only, whom C_id can hardly learn, 1: person 2",
        "People in both splits, on whom figures look better than they are, 2: person 0, person 1",
    ]
    apart = replace(test, identity_names=("someone", "else"))
    assert list(remarks(drawn_crops(3, 2), apart, tiny_config())) == []
