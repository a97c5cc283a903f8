"""Parts, sizes, the original beside, and what outputs say about themselves, as a person asks for them."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.commands.span_options import parse_span
from engine.errors import ProjectError
from engine.media import Photo, SizeLimit, Span, read_photo, write_photo
from engine.media.file_source import FileSource
from engine.pipeline import PipelineSettings
from engine.types import Frame
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import NTSC, Clip, audio_payloads, make_video, noise_pictures, smooth_pictures

PICTURES = noise_pictures(12)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_video(tmp_path / "clip.mkv", Clip(codec="ffv1", pixel_format="bgr0", options={}, audio="aac"), PICTURES)


def frames_in(path: Path) -> list[Frame]:
    with FileSource(path) as source:
        return list(source)


def comment_of(path: Path) -> str | None:
    with av.open(str(path)) as container:
        return {key.lower(): text for key, text in container.metadata.items()}.get("comment")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2", Fraction(2)),
        ("0.25", Fraction(1, 4)),
        ("1:02.5", Fraction(125, 2)),
        ("1:00:00", Fraction(3600)),
        ("00:00:00:06", 6 / NTSC),
        ("00:00:01;00", 30 / NTSC),
    ],
)
def test_moments(clip: Path, text: str, time: Fraction) -> None:
    assert parse_span(clip, text, None) == Span(time)


@pytest.mark.parametrize("text", ["", "x", "-1", "1:75", "00:00:00:30", "nan"])
def test_what_is_no_moment_is_refused(clip: Path, text: str) -> None:
    with pytest.raises(ProjectError):
        parse_span(clip, text, None)


def test_a_part_at_strength_0_is_the_source_bit_for_bit(
    command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    output = tmp_path / "part.mkv"
    options = ["--from", "00:00:00:04", "--to", "00:00:00:09", "--strength", "0", "--codec", "ffv1"]
    assert command("animate", clip, "--preset", "anger", *options, "-o", output).code == 0
    frames = frames_in(output)
    assert [frame.time for frame in frames] == [index / NTSC for index in range(5)]
    assert all(np.array_equal(frame.pixels, picture) for frame, picture in zip(frames, PICTURES[4:9], strict=True))
    assert b"".join(audio_payloads(output)) in b"".join(audio_payloads(clip))
    assert comment_of(output) is not None


def test_keyframes_keep_their_times_in_a_part(
    command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    outputs = [tmp_path / "whole.mkv", tmp_path / "part.mkv"]
    for output, options in zip(outputs, ([], ["--from", "00:00:00:04"]), strict=True):
        assert command("animate", clip, "--au", "12=4", "--codec", "ffv1", *options, "-o", output).code == 0
    whole, part = (frames_in(output) for output in outputs)
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(whole[4:], part, strict=True))


def test_the_original_beside_the_result_instead_of_it_and_in_a_second_file(
    command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    output, beside = tmp_path / "edit.mkv", tmp_path / "both.mkv"
    options = ["--au", "12=4", "--codec", "ffv1"]
    outcome = command("animate", clip, *options, "--beside", beside, "-o", output)
    assert outcome == (0, f"{output}\n{beside}\n", "")
    edits, both = frames_in(output), frames_in(beside)
    for picture, edit, pair in zip(PICTURES, edits, both, strict=True):
        assert np.array_equal(edit.pixels, 255 - picture)
        assert np.array_equal(pair.pixels, np.hstack([picture, 255 - picture]))
    again = tmp_path / "again.mkv"
    assert command("animate", clip, *options, "--side-by-side", "-o", again).code == 0
    assert np.array_equal(frames_in(again)[3].pixels, both[3].pixels)
    assert audio_payloads(beside) == audio_payloads(clip)


def test_a_smaller_size(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    source = make_video(tmp_path / "clip.mp4", pictures=smooth_pictures(12))
    output = tmp_path / "small.mp4"
    assert command("animate", source, "--au", "12=4", "--size", "32x32", "-o", output).code == 0
    assert frames_in(output)[0].pixels.shape == (24, 32, 3)
    assert SizeLimit(32, 32).fitted(64, 48) == (32, 24)


def test_the_tag_can_be_left_out_and_the_mark_be_put_in(
    command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
) -> None:
    output = tmp_path / "marked.mkv"
    options = ["--strength", "0", "--codec", "ffv1", "--no-ai-tag", "--ai-mark"]
    assert command("animate", clip, "--preset", "anger", *options, "-o", output).code == 0
    assert comment_of(output) is None
    changed = (frames_in(output)[0].pixels != PICTURES[0]).any(axis=2)
    assert changed.any()
    assert not changed[:20].any()


def test_a_photo_with_transparency_beside_its_original(
    command: Command, opened: list[PipelineSettings], tmp_path: Path
) -> None:
    source, output = tmp_path / "photo.png", tmp_path / "both.png"
    write_photo(source, Photo(PICTURES[0], PICTURES[1][..., 0]))
    assert command("animate", source, "--au", "12=4", "--side-by-side", "-o", output).code == 0
    result = read_photo(output)
    assert np.array_equal(result.pixels, np.hstack([PICTURES[0], 255 - PICTURES[0]]))
    assert result.alpha is not None
    assert np.array_equal(result.alpha, np.hstack([PICTURES[1][..., 0]] * 2))


def test_a_failed_render_leaves_neither_file(command: Command, opened: list[PipelineSettings], tmp_path: Path) -> None:
    black = make_video(tmp_path / "black.mp4", pictures=[np.zeros_like(picture) for picture in PICTURES])
    outcome = command("animate", black, "--au", "12=4", "--beside", tmp_path / "b.mp4", "-o", tmp_path / "a.mp4")
    assert outcome.code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["black.mp4"]
