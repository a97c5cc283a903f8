"""What outputs say about themselves, read back with libraries that know nothing of this program."""

import io
import sys
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from PIL import Image

from engine.media import Encoding, Photo, Speed, VideoInfo, open_sink
from engine.media.disclosure import COMMENT, DIGITAL_SOURCE_TYPE, XMP, append_xmp
from engine.media.file_source import FileSource
from engine.media.photos import encode_photo
from engine.media.recording import LIVE_ENCODING, Recording
from engine.media.wholeness import is_cut_short
from tests.engine.media.clips import HEIGHT, NTSC, NTSC_TICK, WIDTH, frames_of, noise_pictures
from tests.engine.media.test_recording import limited_file_size

INFO = VideoInfo(width=WIDTH, height=HEIGHT, average_rate=NTSC, time_base=NTSC_TICK)
IPTC = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
PICTURES = noise_pictures(3)


def source_type_in(packet: bytes) -> str | None:
    (description,) = ElementTree.fromstring(packet.decode()).iter(
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
    )
    return description.get(IPTC)


def written(path: Path, *, ai_tag: bool) -> Path:
    with open_sink(path, INFO, encoding=Encoding(speed=Speed.FAST), ai_tag=ai_tag) as sink:
        for frame in frames_of(PICTURES):
            sink.write(frame)
    return path


def tags_of(path: Path) -> dict[str, str]:
    with av.open(str(path)) as container:
        return {key.lower(): text for key, text in container.metadata.items()}


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".webm"])
def test_a_video_says_it_in_its_tags(tmp_path: Path, suffix: str) -> None:
    told = tags_of(written(tmp_path / f"told{suffix}", ai_tag=True))
    assert told["comment"] == COMMENT
    assert COMMENT.startswith("AI-edited")
    if suffix in (".mkv", ".webm"):
        assert told["digital_source_type"] == DIGITAL_SOURCE_TYPE
    silent = tags_of(written(tmp_path / f"silent{suffix}", ai_tag=False))
    assert not {"comment", "description", "digital_source_type"} & silent.keys()


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_mp4_and_quicktime_end_with_an_xmp_packet_and_stay_whole(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path / f"told{suffix}", ai_tag=True)
    data = path.read_bytes()
    start = data.rindex(b"uuid") - 4
    assert int.from_bytes(data[start : start + 4], "big") == len(data) - start
    assert source_type_in(data[start + 24 :]) == DIGITAL_SOURCE_TYPE
    assert not is_cut_short(path)
    with FileSource(path) as source:
        assert len(list(source)) == 3
    assert b"uuid" not in written(tmp_path / f"silent{suffix}", ai_tag=False).read_bytes()


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_recording_says_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"live{suffix}"
    with Recording(path, INFO, LIVE_ENCODING, ai_tag=True) as recording:
        for frame in frames_of(PICTURES):
            recording.write(frame)
    assert tags_of(path)["comment"] == COMMENT
    with FileSource(path) as source:
        assert len(list(source)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_a_disk_without_room_costs_the_packet_and_not_the_video(tmp_path: Path) -> None:
    path = written(tmp_path / "full.mp4", ai_tag=False)
    before = path.read_bytes()
    with limited_file_size(len(before) + 100):
        append_xmp(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_a_photo_says_it_and_keeps_its_pixels(suffix: str) -> None:
    photo = Photo(PICTURES[0])
    told, silent = (Image.open(io.BytesIO(encode_photo(photo, suffix, 100, ai_tag=ai_tag))) for ai_tag in (True, False))
    packet = told.info["xmp"]
    assert source_type_in(packet if isinstance(packet, bytes) else packet.encode()) == DIGITAL_SOURCE_TYPE
    assert "xmp" not in silent.info
    assert np.array_equal(np.asarray(told), np.asarray(silent))


def test_a_jpeg_and_a_png_have_a_comment_too() -> None:
    jpeg = Image.open(io.BytesIO(encode_photo(Photo(PICTURES[0]), ".jpg", ai_tag=True)))
    png = Image.open(io.BytesIO(encode_photo(Photo(PICTURES[0]), ".png", ai_tag=True)))
    assert jpeg.info["comment"].decode() == COMMENT
    assert png.info["Comment"] == COMMENT


def test_every_picture_of_a_sequence_says_it(tmp_path: Path) -> None:
    folder = written(tmp_path / "pictures", ai_tag=True)
    assert [XMP in path.read_bytes() for path in folder.iterdir()] == [True] * 3


def test_the_packet_is_marked_as_one() -> None:
    assert XMP.startswith(b"<?xpacket begin=")
    assert XMP.endswith(b'<?xpacket end="r"?>')
    assert len(XMP) < 65_000  # a JPEG segment holds no more
