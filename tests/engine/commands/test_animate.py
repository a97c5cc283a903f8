import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import PRESETS
from engine.bundle import Bundle
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.media import Photo, read_photo, write_photo
from engine.media.file_source import FileSource
from engine.pipeline import DEFAULT_MODEL, FaceReader, FaceSettings, PipelineSettings
from engine.project import FaceOptions, Keyframe, OutputSettings, Project, Timeline, Track, save_project
from engine.types import RGBImage
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import NTSC, Clip, audio_payloads, make_video, noise_pictures, video_packets
from tests.engine.pipeline.stand_ins import SMILE


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    write_photo(path, Photo(noise_pictures(1)[0]))
    return path


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_video(tmp_path / "clip.mp4", Clip(audio="aac"))


def frames_of(path: Path) -> Sequence[RGBImage]:
    with FileSource(path) as source:
        return [frame.pixels for frame in source]


def codec_of(path: Path) -> str:
    with FileSource(path) as source:
        return source.info.codec


class TestPhotos:
    def test_become_photos(self, command: Command, opened: list[PipelineSettings], photo: Path, tmp_path: Path) -> None:
        output = tmp_path / "smile.png"
        assert command("animate", photo, "--au", "12=4", "-o", output) == (0, f"{output}\n", "")
        assert np.array_equal(read_photo(output).pixels, 255 - read_photo(photo).pixels)
        assert opened == [PipelineSettings()]

    def test_keep_their_transparency_and_profile(
        self, command: Command, opened: list[PipelineSettings], tmp_path: Path
    ) -> None:
        from PIL import ImageCms

        source, output = tmp_path / "photo.png", tmp_path / "smile.png"
        pixels = noise_pictures(1)[0]
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        write_photo(source, Photo(pixels, pixels[..., 0], profile))
        assert command("animate", source, "--au", "12=4", "--strength", "0", "-o", output).code == 0
        result = read_photo(output)
        assert np.array_equal(result.pixels, pixels)
        assert result.alpha is not None
        assert np.array_equal(result.alpha, pixels[..., 0])
        assert result.icc_profile == profile

    @pytest.mark.parametrize(("options", "frames"), [([], 30), (["--duration", "0.1"], 3)])
    def test_become_videos(
        self,
        command: Command,
        opened: list[PipelineSettings],
        photo: Path,
        tmp_path: Path,
        options: list[str],
        frames: int,
    ) -> None:
        output = tmp_path / "smile.mp4"
        assert command("animate", photo, "--preset", "happy", *options, "-o", output).code == 0
        assert len(frames_of(output)) == frames

    def test_are_shown_up_to_the_last_keyframe(
        self, command: Command, opened: list[PipelineSettings], photo: Path, tmp_path: Path
    ) -> None:
        project = tmp_path / "project.json"
        save_project(Project("eggan-128", photo, blink_at(Fraction(4, 30))), project)
        assert command("animate", "--project", project, "-o", tmp_path / "blink.mp4").code == 0
        assert len(frames_of(tmp_path / "blink.mp4")) == 5


def blink_at(time: Fraction) -> Timeline:
    return Timeline((Track(45, (Keyframe(Fraction(0), 0.0), Keyframe(time, 5.0))),))


class TestVideos:
    def test_keep_times_and_sound(
        self, command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
    ) -> None:
        output = tmp_path / "smile.mp4"
        assert command("animate", clip, "--au", "12=4", "-o", output) == (0, f"{output}\n", "")
        with FileSource(output) as source:
            assert [frame.time for frame in source] == [index / NTSC for index in range(12)]
        assert audio_payloads(output) == audio_payloads(clip)

    def test_can_lose_their_sound(
        self, command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
    ) -> None:
        output = tmp_path / "smile.mp4"
        assert command("animate", clip, "--au", "12=4", "--no-audio", "-o", output).code == 0
        with FileSource(output) as source:
            assert not source.info.has_audio

    def test_at_strength_0_are_the_source_bit_for_bit(
        self, command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path
    ) -> None:
        output = tmp_path / "same.mkv"
        options = ["--preset", "anger", "--strength", "0", "--codec", "ffv1"]
        assert command("animate", clip, *options, "-o", output).code == 0
        assert all(np.array_equal(a, b) for a, b in zip(frames_of(output), frames_of(clip), strict=True))

    def test_say_how_many_frames_show_no_face(
        self, command: Command, opened: list[PipelineSettings], tmp_path: Path
    ) -> None:
        pictures = noise_pictures(12)
        pictures[3:5] = [np.zeros_like(picture) for picture in pictures[3:5]]
        source = make_video(tmp_path / "clip.mkv", Clip(codec="ffv1", pixel_format="bgr0", options={}), pictures)
        outcome = command("animate", source, "--au", "12=4", "-o", tmp_path / "smile.mp4")
        assert outcome.code == 0
        assert outcome.err == "No face was found in 2 of 12 frames; they are unchanged.\n"


class TestProjects:
    @pytest.fixture
    def saved(self, clip: Path, tmp_path: Path) -> tuple[Path, Project]:
        """A project that asks for everything but the usual."""
        output = OutputSettings(
            tmp_path / "planned.mp4", codec="hevc", quality=20, compositing="replace", keep_audio=False
        )
        project = Project("other", clip, SMILE, output)
        save_project(project, tmp_path / "project.json")
        return tmp_path / "project.json", project

    def test_bring_all_that_the_command_line_leaves_out(
        self, command: Command, opened: list[PipelineSettings], saved: tuple[Path, Project], tmp_path: Path
    ) -> None:
        path, _ = saved
        planned = tmp_path / "planned.mp4"
        assert command("animate", "--project", path) == (0, f"{planned}\n", "")
        assert opened == [PipelineSettings(model="other", compositing="replace")]
        with FileSource(planned) as source:
            assert (source.info.codec, source.info.has_audio) == ("hevc", False)

    def test_yield_to_the_command_line(
        self, command: Command, opened: list[PipelineSettings], saved: tuple[Path, Project], photo: Path, tmp_path: Path
    ) -> None:
        path, project = saved
        output = tmp_path / "other.mp4"
        sharp = ["--codec", "h264", "--quality", "90", "--audio", "--compositing", "detail", "--model", DEFAULT_MODEL]
        assert command("animate", project.media or "", "--project", path, *sharp, "-o", output).code == 0
        assert opened == [PipelineSettings()]
        assert codec_of(output) == "h264"
        assert audio_payloads(output)
        assert not (tmp_path / "planned.mp4").exists()

    def test_choose_the_faces_and_where_edits_show(
        self,
        command: Command,
        opened: list[PipelineSettings],
        saved: tuple[Path, Project],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path, project = saved
        resting: list[Fraction] = []
        monkeypatch.setattr(FaceReader, "take_neutral", lambda _reader, frame: resting.append(frame.time))
        right = FaceSelection.nearest(0.75, 0.5)
        faces = FaceOptions(right, Fraction(1, 5), RegionStrengths(eyes=0.25))
        save_project(replace(project, faces=faces), path)
        assert command("animate", "--project", path).code == 0
        assert opened[0].faces == FaceSettings(right, neutral_at=Fraction(1, 5))
        assert opened[0].regions == RegionStrengths(eyes=0.25)
        assert [float(time) for time in resting] == pytest.approx([0.2], abs=0.05)
        said = ["--faces", "all", "--region", "mouth=0.5", "--no-calibrate", "--overwrite"]
        assert command("animate", "--project", path, *said).code == 0
        assert opened[1].faces == FaceSettings(FaceSelection("all"), calibrates=False)
        assert opened[1].regions == RegionStrengths(mouth=0.5, eyes=0.25)

    def test_say_how_well_the_picture_is_kept(
        self, command: Command, opened: list[PipelineSettings], saved: tuple[Path, Project], tmp_path: Path
    ) -> None:
        sizes = []
        for quality in (20, 90):
            path, project = saved
            output = OutputSettings(tmp_path / f"quality-{quality}.mp4", quality=quality)
            save_project(replace(project, output=output), path)
            assert command("animate", "--project", path).code == 0
            sizes.append(sum(packet.size for packet in video_packets(tmp_path / f"quality-{quality}.mp4")))
        assert sizes[0] < sizes[1] / 2

    def test_can_be_clipped(
        self, command: Command, opened: list[PipelineSettings], saved: tuple[Path, Project]
    ) -> None:
        path, _ = saved
        path.write_text(path.read_text(encoding="utf-8").replace('"value": 4.0', '"value": 5.5'), encoding="utf-8")
        refused = command("animate", "--project", path)
        assert refused.code == 1
        assert "$.timeline.tracks.AU12.keyframes[0].value: Intensity 5.5 is outside 0..5." in refused.err
        assert command("animate", "--project", path, "--clip").code == 0


def test_json_tells_what_was_done(command: Command, opened: list[PipelineSettings], clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "smile.mp4"
    outcome = command("animate", clip, "--preset", "happy", "-o", output, "--json")
    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert (document["output"], document["frames"], document["frames_with_face"]) == (str(output), 12, 12)
    assert document["stages"].keys() == {
        "decode", "detect", "smooth", "align", "estimate", "encode", "generate", "composite", "encode video",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["x.jpg", "-o", "y.jpg"], "ask for an expression"),
        (["--preset", "happy", "-o", "y.jpg"], "name a photo or a video"),
        (["x.jpg", "--preset", "happy"], "name the file to write"),
        (["x.jpg", "--project", "p.json", "--preset", "happy", "-o", "y.jpg"], "leave out --au"),
        (["x.jpg", "--project", "p.json", "--strength", "1", "-o", "y.jpg"], "leave out --au"),
        (["x.jpg", "--preset", "happy", "-o", "y.mp4", "--quality", "101"], "--quality"),
        (["x.jpg", "--preset", "happy", "-o", "y.mp4", "--codec", "h265"], "--codec"),
        (["x.jpg", "--preset", "happy", "-o", "y.mp4", "--nonsense"], "--nonsense"),
        (["x.jpg", "y.jpg", "--preset", "happy"], "y.jpg"),
    ],
)
def test_wrong_usage(command: Command, arguments: list[str], complaint: str) -> None:
    outcome = command("animate", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


@pytest.mark.usefixtures("any_expression")
@pytest.mark.parametrize("compositing", ["detail", "replace"])
def test_a_real_face_goes_through_the_real_stages(
    command: Command, model: Bundle, root: Path, tmp_path: Path, compositing: str
) -> None:
    source, output = root / "assets" / "demo" / "astronaut.jpg", tmp_path / "smile.png"
    options = ["--preset", "happy", "--model", model.folder, "--compositing", compositing, "--device", "cpu"]
    assert command("animate", source, *options, "-o", output) == (0, f"{output}\n", "")
    before, after = read_photo(source).pixels, read_photo(output).pixels
    changed = (before != after).any(axis=2)
    assert 0.001 < changed.mean() < 0.5
    assert not changed[[0, -1]].any()


def test_every_preset_is_offered(command: Command, photo: Path, tmp_path: Path) -> None:
    outcome = command("animate", photo, "--preset", "joy", "-o", tmp_path / "x.png")
    assert all(name in outcome.err for name in PRESETS)
