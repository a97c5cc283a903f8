import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import MediaError
from engine.media import VideoInfo, open_sink, read_photo, write_photo
from engine.types import Frame
from trainer.footage import looking
from trainer.footage.contact_sheet import CONTACT_SHEET
from trainer.footage.layouts import recognise
from trainer.footage.limits import Limits, Reason
from trainer.footage.preparing import Preparation, Prepared, prepare, read_preparation
from trainer.footage.records import Records
from trainer.footage.splits import SplitPlan
from trainer.footage.trash import discard, restore

PREPARATION = Preparation(limits=Limits(max_hash_distance=-1), split=SplitPlan(test_fraction=0.3), workers=1)


@pytest.fixture(scope="module")
def footage(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled portrait in several qualities, and what is no portrait at all."""
    folder = tmp_path_factory.mktemp("footage")
    portrait = read_photo(root / "assets" / "demo" / "astronaut.jpg").shown()
    for number, factor in enumerate((0.8, 0.9, 1.1)):
        write_photo(folder / f"good{number}.jpg", np.clip(portrait * factor, 0, 255).astype(np.uint8))
    write_photo(folder / "blurred.jpg", cv2.GaussianBlur(portrait, (0, 0), 4).astype(np.uint8))
    write_photo(folder / "two.jpg", np.hstack([portrait, portrait[:, ::-1]]))
    write_photo(folder / "wall.png", np.full((64, 64, 3), 90, np.uint8))
    (folder / "broken.jpg").write_bytes((folder / "good0.jpg").read_bytes()[:3000])
    shutil.copyfile(folder / "good0.jpg", folder / "zcopy.jpg")
    return folder


@pytest.fixture(scope="module")
def prepared(footage: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare([recognise(footage)], tmp_path_factory.mktemp("made") / "data", PREPARATION)


@pytest.fixture
def dataset(prepared: Prepared, tmp_path: Path) -> Path:
    """A copy of the dataset, to be changed."""
    return Path(shutil.copytree(prepared.folder, tmp_path / "data"))


def pictures(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in {".jpg", ".png"}}


def test_good_faces_are_kept_and_each_other_picture_has_its_reason(footage: Path, prepared: Prepared) -> None:
    assert {split: len(kept) for split, kept in prepared.sorting.kept.items()} == {"train": 2, "test": 1}
    reasons = {Path(one.source).name: reason for one, reason in prepared.sorting.rejected}
    assert reasons == {
        "blurred.jpg": Reason.BLURRED,
        "two.jpg": Reason.SEVERAL_FACES,
        "wall.png": Reason.NO_FACE,
        "broken.jpg": Reason.UNREADABLE,
    }
    assert (prepared.new, prepared.copies) == (7, 1)
    assert len(pictures(footage)) == 8
    kept = [one for records in prepared.sorting.kept.values() for one in records]
    files = [prepared.folder / split / one.name for split, own in prepared.sorting.kept.items() for one in own]
    assert all(max(read_photo(path).pixels.shape) <= PREPARATION.max_side_px for path in files)
    assert all(one.measures is not None and one.measures.sharpness > 30 for one in kept)


def test_the_contact_sheet_needs_nothing_else_and_shows_all(prepared: Prepared) -> None:
    page = (prepared.folder / CONTACT_SHEET).read_text()
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert len(data["pictures"]) == 7
    assert data["reasons"] == {"train": 2, "test": 1, **{str(reason): 1 for _, reason in prepared.sorting.rejected}}
    assert all(picture["thumbnail"] or picture["reason"] == "unreadable" for picture in data["pictures"])
    assert "http" not in page


def test_doing_it_again_adds_nothing_and_looks_at_nothing(
    footage: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pictures(dataset)
    monkeypatch.setattr(looking, "Inspector", lambda: pytest.fail("a picture was looked at again"))
    again = prepare([recognise(footage)], dataset, PREPARATION)
    assert again.new == 0
    assert pictures(dataset) == before


def test_other_limits_apply_without_looking_again(
    footage: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "Inspector", lambda: pytest.fail("a picture was looked at again"))
    loose = replace(PREPARATION, limits=replace(PREPARATION.limits, min_sharpness=0))
    assert Reason.BLURRED not in prepare([recognise(footage)], dataset, loose).sorting.counts()
    assert read_preparation(dataset) == loose


def test_the_trash_gives_back_by_name_and_by_reason_and_takes_by_hand(dataset: Path) -> None:
    (blurred,) = (dataset / "trash" / "blurred").iterdir()
    assert Reason.BLURRED not in restore(dataset, [blurred.name], []).sorting.counts()
    back = restore(dataset, [], [Reason.SEVERAL_FACES])
    assert back.sorting.counts() == {Reason.UNREADABLE: 1, Reason.NO_FACE: 1}
    assert discard(dataset, [blurred.name]).sorting.counts()[Reason.BY_HAND] == 1
    with pytest.raises(MediaError, match="There is no picture wall in") as caught:
        restore(dataset, ["wall"], [])
    assert caught.value.remedy
    with pytest.raises(MediaError, match="is not a dataset that prepare has made"):
        restore(dataset / "train", [blurred.name], [])


def test_a_folder_with_other_files_is_left_alone(footage: Path, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(MediaError, match="holds other files"):
        prepare([recognise(footage)], tmp_path, PREPARATION)


@pytest.fixture(scope="module")
def clip(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of the portrait, and a second of it upside down and darker."""
    portrait = read_photo(root / "assets" / "demo" / "astronaut.jpg").shown()
    height, width = (side // 2 * 2 for side in portrait.shape[:2])
    shots = [portrait[:height, :width], (portrait[:height, :width][::-1] * 0.4).astype(np.uint8)]
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    rate = Fraction(10)
    info = VideoInfo(width=width, height=height, average_rate=rate, time_base=1 / rate)
    with open_sink(path, info, keep_audio=False) as sink:
        for index in range(20):
            picture = np.ascontiguousarray(np.roll(shots[index // 10], index % 10, axis=1))
            sink.write(Frame(picture, Fraction(index, 10), index))
    return path


def test_frames_of_a_video_are_every_nth_and_the_first_after_a_cut(clip: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = prepare([recognise(clip)], data, replace(PREPARATION, every=4))
    records = sorted(Records(data), key=lambda one: one.frame)
    assert [one.frame for one in records] == [0, 4, 8, 10, 12, 16]
    assert [one.frame for one in records if one.starts_shot] == [10]
    assert records[1].time_s == pytest.approx(0.4)
    assert {one.frame for kept in made.sorting.kept.values() for one in kept} >= {0, 4, 8}
    again = prepare([recognise(clip)], data, replace(PREPARATION, every=4))
    assert again.new == 0


def test_an_interrupted_run_goes_on(footage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Iterator[object]:
        yield from ()
        raise KeyboardInterrupt

    data = tmp_path / "data"
    with monkeypatch.context() as patched:
        patched.setattr("trainer.footage.preparing.as_they_end", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare([recognise(footage / "good0.jpg")], data, PREPARATION)
    assert prepare([recognise(footage / "good0.jpg")], data, PREPARATION).new == 1
