from pathlib import Path

import pytest

from engine.errors import MediaError
from tests.trainer.footage.made_up import write_picture
from trainer.footage.layouts import Layout, recognise
from trainer.footage.sources import natural_key


def touch(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    return root


def test_rafd_is_known_by_its_names_and_taken_from_the_front(tmp_path: Path) -> None:
    names = [
        f"Rafd{angle:03d}_{model:02d}_Caucasian_{sex}_{expression}_{gaze}.jpg"
        for angle in (0, 45, 90, 135, 180)
        for model, sex in ((1, "female"), (7, "male"))
        for expression in ("happy", "neutral")
        for gaze in ("frontal", "left", "right")
    ]
    footage = recognise(touch(tmp_path, *names))
    assert footage.layout is Layout.RAFD
    assert len(footage.sources) == 2 * 2 * 3
    assert {source.identity for source in footage.sources} == {"rafd01", "rafd07"}
    assert all(source.path.name.startswith("Rafd090") for source in footage.sources)
    neutral = [source.path.name for source in footage.sources if source.cells.get("kind") == "neutral_real"]
    assert neutral == [
        "Rafd090_01_Caucasian_female_neutral_frontal.jpg",
        "Rafd090_07_Caucasian_male_neutral_frontal.jpg",
    ]
    assert footage.describe().endswith("takes them): 48.")
    assert len(recognise(tmp_path, all_views=True).sources) == len(names)


def test_mmi_is_known_by_its_sessions_and_profiles_are_left_out(tmp_path: Path) -> None:
    for session, clip, view in ((1, "S001-001", 0), (2, "S001-002", 1), (1767, "S053-001", 2), (9, "S054-003", None)):
        folder = touch(tmp_path / "Sessions" / str(session), f"{clip}.avi")
        if view is not None:
            xml = f'<session><subject id="1"><track filename="{clip}.avi" view="{view}"/></subject></session>'
            (folder / "session.xml").write_text(xml)
    (tmp_path / "Sessions" / "9" / "session.xml").write_text("not <xml")
    footage = recognise(tmp_path)
    assert footage.layout is Layout.MMI
    assert [(source.path.stem, source.identity) for source in footage.sources] == [
        ("S001-001", "mmi001"),
        ("S054-003", "mmi054"),
        ("S053-001", "mmi053"),
    ]
    assert footage.remark.endswith("takes them): 1.")
    assert len(recognise(tmp_path, all_views=True).sources) == 4


def test_a_folder_for_each_person(tmp_path: Path) -> None:
    footage = recognise(touch(tmp_path, "ann/1.jpg", "ann/more/2.png", "bob/clip.mp4", ".hidden/3.jpg", "notes.txt"))
    assert footage.layout is Layout.PEOPLE
    people = [(source.path.name, source.identity, source.sequence) for source in footage.sources]
    assert people == [("1.jpg", "ann", "ann"), ("2.png", "ann", "more"), ("clip.mp4", "bob", "clip.mp4")]
    assert footage.describe().endswith("a folder for each person (people), 2 photos, 1 video of 2 people.")


def test_files_side_by_side_show_one_person_unless_another_layout_is_asked_for(tmp_path: Path) -> None:
    touch(tmp_path, "b.mp4", "a.mov", "10.jpg", "2.jpg")
    footage = recognise(tmp_path)
    assert footage.layout is Layout.PERSON
    assert [source.path.name for source in footage.sources] == ["2.jpg", "10.jpg", "a.mov", "b.mp4"]
    assert {source.identity for source in footage.sources} == {tmp_path.name}
    assert {source.identity for source in recognise(tmp_path, identity="me").sources} == {"me"}
    videos = recognise(tmp_path, Layout.VIDEOS)
    assert [source.identity for source in videos.sources] == ["a", "b"]
    assert videos.remark == "Photos left out: 2."
    assert [source.identity for source in recognise(tmp_path / "a.mov").sources] == ["a"]


def test_an_imagefolder_keeps_its_splits_people_groups_and_labels(tmp_path: Path) -> None:
    for split, person in (("train", "ann"), ("validation", "bob")):
        write_picture(tmp_path / split / "a.jpg")
        table = f"file_name,identity,group,AU12_r,other\na.jpg,{person},g,1.5,x\nlost.jpg,{person},,,\n"
        (tmp_path / split / "metadata.csv").write_text(table)
    footage = recognise(tmp_path)
    assert footage.layout is Layout.IMAGEFOLDER
    first = footage.sources[0]
    assert (first.identity, first.split, first.cells) == ("ann", "train", {"group": "g", "AU12_r": "1.5"})
    assert [source.split for source in footage.sources] == ["train", "train", "test", "test"]
    (tmp_path / "metadata.csv").write_text("file_name\ntrain/a.jpg\n")
    (own,) = recognise(tmp_path).sources
    assert (own.identity, own.split) == (tmp_path.name, "")


def test_the_dataset_that_is_being_made_is_no_footage(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "out/train/b.jpg")
    assert [source.path.name for source in recognise(tmp_path, without=tmp_path / "out").sources] == ["a.jpg"]


@pytest.mark.parametrize(
    ("name", "layout", "fault"),
    [
        ("missing", None, "does not exist"),
        ("empty", None, "no photo or video in"),
        ("notes.txt", None, "is not a photo or a video"),
        ("photos", Layout.RAFD, "Nothing in .* is arranged as layout rafd says"),
        ("photos", Layout.VIDEOS, "Photos left out: 1"),
        ("photos", Layout.IMAGEFOLDER, r"has no metadata\.csv"),
    ],
)
def test_what_is_no_footage_is_told(tmp_path: Path, name: str, layout: Layout | None, fault: str) -> None:
    (tmp_path / "empty").mkdir()
    touch(tmp_path, "notes.txt", "photos/a.jpg")
    with pytest.raises(MediaError, match=fault) as caught:
        recognise(tmp_path / name, layout)
    assert caught.value.remedy


def test_names_sort_as_a_person_would() -> None:
    names = ["b1", "A10", "a2", "a02x"]
    assert sorted(names, key=natural_key) == ["a2", "a02x", "A10", "b1"]
