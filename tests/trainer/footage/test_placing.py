import csv
from pathlib import Path
from typing import Any

import pytest

from engine.action_units import AU_COLUMNS, AU_COUNT
from engine.errors import MediaError
from tests.trainer.footage.made_up import arrived, measured, record
from trainer.footage.limits import Limits, Reason
from trainer.footage.placing import place, require_splits
from trainer.footage.records import Record
from trainer.footage.splits import SplitPlan

PLAN = SplitPlan(test_fraction=0.2)


def rows(folder: Path, split: str) -> list[dict[str, str]]:
    with (folder / split / "metadata.csv").open() as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*.jpg")}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"fault": "damaged"}, Reason.UNREADABLE),
        ({"measures": None, "faces": 0}, Reason.NO_FACE),
        ({"faces": 2}, Reason.SEVERAL_FACES),
        ({"measures": measured(width_px=59)}, Reason.SMALL),
        ({"measures": measured(yaw=-36)}, Reason.POSE),
        ({"measures": measured(pitch=31)}, Reason.POSE),
        ({"measures": measured(roll=41)}, Reason.POSE),
        ({"measures": measured(covered=22)}, Reason.OCCLUDED),
        ({"measures": measured(outside=0.1)}, Reason.OCCLUDED),
        ({"measures": measured(sharpness=29)}, Reason.BLURRED),
        ({"by_hand": "discard"}, Reason.BY_HAND),
        ({"measures": measured(sharpness=1), "by_hand": "keep"}, None),
        ({}, None),
    ],
)
def test_each_limit_has_its_reason(changes: dict[str, Any], reason: Reason | None) -> None:
    assert Limits().reason(record(0, **changes)) is reason


def test_pictures_go_to_their_split_or_to_the_trash_of_their_reason(tmp_path: Path) -> None:
    good = [record(number) for number in range(10)]
    records = arrived(tmp_path, *good, record(10, measures=measured(10, sharpness=1)), record(11, measures=None))
    sorting = place(tmp_path, records, Limits(), PLAN)
    assert {split: len(kept) for split, kept in sorting.kept.items()} == {"train": 8, "test": 2}
    assert sorting.counts() == {Reason.NO_FACE: 1, Reason.BLURRED: 1}
    assert {"trash/blurred/ann_010.jpg", "trash/no-face/ann_011.jpg"} < names(tmp_path)
    assert len(names(tmp_path)) == 12
    assert {row["file_name"] for row in rows(tmp_path, "train")} == {
        path.name for path in (tmp_path / "train").glob("*.jpg")
    }
    assert rows(tmp_path, "test")[0]["identity"] == "ann"
    assert not (tmp_path / "incoming").exists()


def test_doing_it_again_changes_nothing_and_other_limits_move_pictures_back_and_forth(tmp_path: Path) -> None:
    records = arrived(tmp_path, *(record(n, measures=measured(n, sharpness=20 + 10 * n)) for n in range(10)))
    place(tmp_path, records, Limits(), PLAN)
    before = names(tmp_path)
    place(tmp_path, records, Limits(), PLAN)
    assert names(tmp_path) == before
    strict = place(tmp_path, records, Limits(min_sharpness=75), PLAN)
    assert strict.counts() == {Reason.BLURRED: 6}
    place(tmp_path, records, Limits(), PLAN)
    assert names(tmp_path) == before
    assert not (tmp_path / "trash" / "duplicate").exists()


def test_labels_and_rows_of_other_origin_stay(tmp_path: Path) -> None:
    records = arrived(tmp_path, *map(record, range(10)))
    place(tmp_path, records, Limits(), PLAN)
    table = tmp_path / "train" / "metadata.csv"
    header, first, *others = table.read_text().splitlines()
    labelled = first.rsplit("," * AU_COUNT, 1)[0] + ",1.5" * AU_COUNT
    foreign = f"drawn.jpg,ann,g,rendered{',' * (header.count(',') - 3)},later"
    table.write_text("\n".join([f"{header},note", labelled, *others, foreign]) + "\n")
    place(tmp_path, records, Limits(min_sharpness=0), PLAN)
    found = {row["file_name"]: row for row in rows(tmp_path, "train")}
    assert [found[first.split(",")[0]][column] for column in AU_COLUMNS] == ["1.5"] * AU_COUNT
    assert (found["drawn.jpg"]["kind"], found["drawn.jpg"]["note"]) == ("rendered", "later")


def test_nearly_equal_faces_count_once_unless_their_expressions_differ(tmp_path: Path) -> None:
    same, closed = measured(1), (0.0,) * (AU_COUNT - 1) + (4.0,)
    records = arrived(
        tmp_path,
        record(0, measures=same),
        record(1, measures=same),
        record(2, measures=measured(1, intensities=closed)),
        record(3, measures=same, by_hand="keep"),
        record(5, measures=same, is_curated=True),
        record(4),
    )
    sorting = place(tmp_path, records, Limits(), PLAN)
    assert [(one.name, reason) for one, reason in sorting.rejected] == [("ann_001.jpg", Reason.DUPLICATE)]


def test_a_picture_that_was_deleted_by_hand_stays_away(tmp_path: Path) -> None:
    records = arrived(tmp_path, *map(record, range(10)))
    place(tmp_path, records, Limits(), PLAN)
    gone = next((tmp_path / "train").glob("*.jpg"))
    gone.unlink()
    sorting = place(tmp_path, records, Limits(), PLAN)
    assert sorting.removed == 1
    assert gone.name not in {row["file_name"] for row in rows(tmp_path, "train")}


def test_carried_labels_and_groups_are_in_the_table(tmp_path: Path) -> None:
    cells = {"group": "g", "AU12_r": "2.5"}
    records = arrived(tmp_path, record(0, split="train", cells=cells), record(1, split="test"))
    place(tmp_path, records, Limits(), PLAN)
    assert rows(tmp_path, "train")[0]["AU12_r"] == "2.5"
    assert rows(tmp_path, "train")[0]["group"] == "g"


@pytest.mark.parametrize(
    ("records", "fault"),
    [
        (
            [record(0, measures=None), record(1, fault="damaged", name="")],
            "No picture is of use: 1 unreadable, 1 no-face",
        ),
        ([record(0)], "The test split is empty"),
    ],
)
def test_an_empty_split_is_told_with_what_was_rejected(tmp_path: Path, records: list[Record], fault: str) -> None:
    sorting = place(tmp_path, arrived(tmp_path, *records), Limits(), PLAN)
    with pytest.raises(MediaError, match=fault) as caught:
        require_splits(sorting)
    assert caught.value.remedy
