from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import MediaError
from tests.trainer.footage.made_up import record
from trainer.footage.splits import SPLITS, SplitPlan, draw_splits, order_of, read_splits, write_splits


@given(st.integers(2, 40), st.integers(0, 5), st.floats(0.05, 0.5))
def test_people_are_in_one_split_and_about_as_many_as_asked_are_test(people: int, seed: int, fraction: float) -> None:
    records = [record(number, f"p{number % people:02d}") for number in range(3 * people)]
    splits = draw_splits(records, SplitPlan(seed, fraction))
    where = {one.identity: {splits.of(other) for other in records if other.identity == one.identity} for one in records}
    assert all(len(found) == 1 for found in where.values())
    tested = sum(found == {"test"} for found in where.values())
    assert tested == max(1, round(fraction * people))
    assert draw_splits(records, SplitPlan(seed, fraction)) == splits


def test_another_seed_draws_other_people() -> None:
    records = [record(number, f"p{number:02d}") for number in range(40)]
    drawn = [draw_splits(records, SplitPlan(seed)).people for seed in range(4)]
    assert len({tuple(sorted(name for name, split in people.items() if split == "test")) for people in drawn}) == 4


def test_people_who_come_later_move_nobody() -> None:
    plan = SplitPlan(test_fraction=0.25)
    first = [record(number, f"p{number:02d}") for number in range(8)]
    before = draw_splits(first, plan)
    after = draw_splits([*first, *(record(number, f"q{number:02d}") for number in range(8))], plan, before)
    assert before.people.items() < after.people.items()
    assert Counter(after.people.values())["test"] == 4


@given(st.integers(2, 60), st.integers(0, 9))
def test_one_person_is_divided_by_time(count: int, seed: int) -> None:
    frames = [record(number, frame=5 * number, sequence="clip.mp4") for number in range(count)]
    splits = draw_splits(frames, SplitPlan(seed, 0.2))
    names = [splits.of(one) for one in frames]
    first, last = names.index("test"), len(names) - names[::-1].index("test")
    assert set(names[first:last]) == {"test"}
    assert last - first == max(1, round(0.2 * count))
    assert "train" in names


def test_a_stretch_begins_at_a_cut_that_is_near() -> None:
    frames = [record(n, frame=n, sequence="clip", starts_shot=n % 5 == 0) for n in range(100)]
    for seed in range(5):
        splits = draw_splits(frames, SplitPlan(seed, 0.1))
        assert int(splits.stretches["clip"][0]) % 5 == 0


def test_short_sequences_are_not_divided_where_there_are_longer_ones() -> None:
    long = [record(number, frame=number, sequence="long") for number in range(20)]
    short = [record(100 + number, sequence="holiday") for number in range(3)]
    splits = draw_splits([*long, *short], SplitPlan())
    assert {splits.of(one) for one in short} == {"train"}
    assert "test" in {splits.of(one) for one in long}


def test_what_the_footage_says_counts() -> None:
    given_split = [record(0, split="test"), record(1, split="train")]
    splits = draw_splits(given_split, SplitPlan())
    assert [splits.of(one) for one in given_split] == ["test", "train"]


def test_photos_are_ordered_by_name_and_frames_by_number() -> None:
    photos = [record(0, source="a/10.jpg"), record(1, source="a/9.jpg")]
    assert sorted(photos, key=order_of)[0].source == "a/9.jpg"
    frames = [record(0, frame=100), record(1, frame=20)]
    assert sorted(frames, key=order_of)[0].frame == 20


def test_splits_are_written_down(tmp_path: Path) -> None:
    assert read_splits(tmp_path) is None
    splits = draw_splits([record(0, frame=0), record(1, frame=1)], SplitPlan(seed=3))
    write_splits(tmp_path, splits)
    assert read_splits(tmp_path) == splits
    assert '"seed": 3' in (tmp_path / SPLITS).read_text()
    (tmp_path / SPLITS).write_text('{"rule": "luck"}')
    with pytest.raises(MediaError, match="cannot be used"):
        read_splits(tmp_path)
