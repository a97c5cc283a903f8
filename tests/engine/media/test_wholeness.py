from pathlib import Path

import pytest

from engine.media.wholeness import is_cut_short
from tests.engine.media.clips import Clip, make_video

CLIPS = {
    "front.mp4": Clip(container_options={"movflags": "faststart"}),
    "fragments.mp4": Clip(container_options={"movflags": "frag_keyframe+empty_moov"}),
    "a.mov": Clip(),
    "a.mkv": Clip(),
    "a.webm": Clip(codec="libvpx-vp9", options={}),
    "a.avi": Clip(options={"bf": "0"}, time_base=1 / Clip().rate, times=range(12)),
}


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_a_whole_file_is_whole_and_a_cut_one_is_not(tmp_path: Path, name: str) -> None:
    path = make_video(tmp_path / name, CLIPS[name])
    assert not is_cut_short(path)
    data = path.read_bytes()
    for length in (len(data) // 3, len(data) * 3 // 4, len(data) - 1):
        path.write_bytes(data[:length])
        assert is_cut_short(path), length


def test_bytes_after_the_end_do_no_harm(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes() + bytes(100))
    assert not is_cut_short(path)


def test_a_live_stream_of_unknown_length_is_not_judged(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mkv", Clip(container_options={"live": "1"}))
    path.write_bytes(path.read_bytes()[:-100])
    assert not is_cut_short(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"some text that is no video",
        b"\x1a\x45\xdf\xa3",
        b"\x1a\x45\xdf\xa3\x83abcjunk",
        b"\x00\x00\x00\x00mdat" + bytes(50),
        b"\x00\x00\x00\x01mdat" + (58).to_bytes(8, "big") + bytes(42),
    ],
)
def test_other_content_is_not_judged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert not is_cut_short(path)


def test_a_box_of_64_bits_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\x00\x00\x00\x01mdat" + (5 * 10**9).to_bytes(8, "big") + bytes(42))
    assert is_cut_short(path)
