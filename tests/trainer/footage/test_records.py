from pathlib import Path

import pytest

from engine.errors import MediaError
from tests.trainer.footage.made_up import record
from trainer.footage.records import JOURNAL, Records


def test_what_was_noted_is_there_the_next_time(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.add([record(0, cells={"group": "g"}), record(1, measures=None)], "work")
    again = Records(tmp_path)
    assert list(again) == [record(0, cells={"group": "g"}), record(1, measures=None)]
    assert again.is_finished("work")
    assert not again.is_finished("other work")


def test_a_line_cut_off_by_an_abrupt_end_is_forgotten(tmp_path: Path) -> None:
    Records(tmp_path).add([record(0)], "first")
    whole = (tmp_path / JOURNAL).read_text()
    (tmp_path / JOURNAL).write_text(whole + '{"key": "ke')
    assert list(Records(tmp_path)) == [record(0)]
    assert (tmp_path / JOURNAL).read_text().count("\n") == whole.count("\n")


def test_changed_and_removed_records(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.add([record(0), record(1)], "work")
    records.change([record(0, by_hand="keep")])
    records.remove(["key001"])
    assert list(Records(tmp_path)) == [record(0, by_hand="keep")]
    assert Records(tmp_path).is_finished("work")


@pytest.mark.parametrize("line", ["nonsense\n", '{"key": "k"}\n', '{"measures": null, "colour": 1}\n'])
def test_another_versions_journal_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / JOURNAL).write_text(line)
    with pytest.raises(MediaError, match="damaged, or another version's"):
        Records(tmp_path)
