import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.errors import MediaError, PipelineError
from engine.export import ExportReport, export, frames_into
from engine.media import Encoding, VideoCodec, VideoInfo, VideoSink, VideoSource, open_sink, open_source
from engine.media.file_source import FileSource
from engine.pipeline import ProcessedFrame
from engine.types import Frame
from tests.engine.media.clips import NTSC_TICK, Clip, audio_payloads, make_video, noise_pictures
from tests.engine.pipeline.stand_ins import SMILE, STILL, Stages, grey_frames

LIMIT_S = 30
INFO = VideoInfo(width=10, height=6, average_rate=Fraction(25), time_base=Fraction(1, 25))


class ListSource(VideoSource):
    """Gives frames, then fails with `error` where one is given; counts what it gave."""

    def __init__(self, frames: Sequence[Frame], error: BaseException | None = None, info: VideoInfo = INFO) -> None:
        self._info = info
        self._frames = frames
        self._error = error
        self.given = 0
        self.progress = threading.Condition()

    @property
    def info(self) -> VideoInfo:
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        for frame in self._frames:
            with self.progress:
                self.given += 1
                self.progress.notify_all()
            yield frame
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        pass


class ListSink(VideoSink):
    """Keeps frames; `before_write` runs before each."""

    def __init__(self, before_write: Callable[[Frame], None] = lambda _: None) -> None:
        self.frames: list[Frame] = []
        self._before_write = before_write

    def write(self, frame: Frame) -> None:
        self._before_write(frame)
        self.frames.append(frame)

    def finish(self) -> None:
        raise AssertionError("the export does not own the sink")

    abort = finish


@pytest.fixture
def stages() -> Stages:
    return Stages()


@pytest.fixture(autouse=True)
def no_worker_survives() -> Iterator[None]:
    yield
    assert workers_alive() == []


def workers_alive() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("export")]


def many_frames(count: int = 60) -> list[Frame]:
    return grey_frames(*(1 + index % 200 for index in range(count)))


def raiser(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 60])
def test_every_frame_comes_once_in_order_at_its_own_time(stages: Stages, count: int) -> None:
    frames, sink = many_frames(count), ListSink()
    report = export(ListSource(frames), frames_into(sink), stages.pipeline(), SMILE)
    assert [(f.index, f.time, f.pixels[0, 0, 0]) for f in sink.frames] == [
        (f.index, f.time, 255 - f.pixels[0, 0, 0]) for f in frames
    ]
    assert (report.frames, report.frames_with_face, report.cancelled) == (count, count, False)


def test_the_report_counts_faces_and_times_every_stage(stages: Stages) -> None:
    report = export(ListSource(grey_frames(10, 0, 30)), frames_into(ListSink()), stages.pipeline(), SMILE)
    assert (report.frames, report.frames_with_face) == (3, 2)
    assert report.seconds > 0
    assert {stage: times.count for stage, times in report.stages.items()} == {
        "decode": 3, "detect": 3, "estimate": 2, "smooth": 3, "align": 2, "encode": 2, "generate": 2, "composite": 2,
        "encode video": 3,
    }  # fmt: skip


def test_computed_frames_are_told_in_order(stages: Stages) -> None:
    told: list[ProcessedFrame] = []
    threads = set()

    def on_frame(result: ProcessedFrame) -> None:
        told.append(result)
        threads.add(threading.current_thread())

    export(ListSource(many_frames(20)), frames_into(ListSink()), stages.pipeline(), SMILE, on_frame=on_frame)
    assert [result.frame.index for result in told] == list(range(20))
    assert threads == {threading.current_thread()}


def test_a_slow_encoder_holds_the_decoder_back(stages: Stages) -> None:
    """Three threads hold a batch each and both channels two, whatever the length of the clip."""
    batch_size, in_flight = 2, 7 * 2
    source = ListSource(many_frames())
    lead: list[int] = []

    def wait_until_all_places_are_taken(frame: Frame) -> None:
        with source.progress:
            if frame.index == 0:
                assert source.progress.wait_for(lambda: source.given == in_flight, LIMIT_S)
            lead.append(source.given - frame.index)

    sink = ListSink(wait_until_all_places_are_taken)
    export(source, frames_into(sink), stages.pipeline(), SMILE, batch_size=batch_size)
    assert len(sink.frames) == 60
    assert max(lead) == in_flight


@pytest.mark.parametrize(
    ("width", "height", "batches"), [(1920, 1080, [8, 8, 4]), (3840, 2160, [2] * 10), (32_000, 16_000, [1] * 20)]
)
def test_large_frames_go_in_small_batches(stages: Stages, width: int, height: int, batches: list[int]) -> None:
    source = ListSource(many_frames(20), info=replace(INFO, width=width, height=height))
    export(source, frames_into(ListSink()), stages.pipeline(), SMILE)
    assert stages.backend.encoded == batches


class TestFailures:
    ERROR = MediaError("The disk is on fire.", "Leave the building.")

    def failing(self, stages: Stages, source: ListSource, sink: ListSink | None = None, **options: object) -> None:
        with pytest.raises(MediaError) as caught:
            export(source, frames_into(sink or ListSink()), stages.pipeline(), SMILE, **options)  # type: ignore[arg-type]
        assert caught.value is self.ERROR

    @pytest.mark.parametrize("count", [0, 3, 60])
    def test_of_the_decoder(self, stages: Stages, count: int) -> None:
        self.failing(stages, ListSource(many_frames(count), self.ERROR))

    @pytest.mark.parametrize("at", [0, 11, 59])
    def test_of_the_encoder(self, stages: Stages, at: int) -> None:
        def fail_once(frame: Frame) -> None:
            if frame.index == at:
                raise self.ERROR

        sink = ListSink(fail_once)
        self.failing(stages, ListSource(many_frames()), sink)
        assert len(sink.frames) == at

    def test_of_a_stage(self, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stages.backend, "generate", raiser(self.ERROR))
        self.failing(stages, ListSource(many_frames()))

    def test_of_who_is_told(self, stages: Stages) -> None:
        self.failing(stages, ListSource(many_frames()), on_frame=raiser(self.ERROR))

    def test_the_first_one_counts(self, stages: Stages) -> None:
        """The encoder fails; what the decoder then meets is a consequence."""
        source = ListSource(many_frames(), PipelineError("Too late.", stage="decode"))
        self.failing(stages, source, ListSink(raiser(self.ERROR)))

    def test_a_fault_of_the_program_is_not_hidden(self, stages: Stages) -> None:
        with pytest.raises(ZeroDivisionError):
            export(ListSource(many_frames(), ZeroDivisionError()), frames_into(ListSink()), stages.pipeline(), SMILE)


class TestCancelling:
    def cancelled_at(self, stages: Stages, index: int, sink: ListSink) -> ExportReport:
        cancel = threading.Event()

        def on_frame(result: ProcessedFrame) -> None:
            if result.frame.index == index:
                cancel.set()

        if index < 0:
            cancel.set()
        source = ListSource(many_frames())
        return export(source, frames_into(sink), stages.pipeline(), SMILE, cancel=cancel, on_frame=on_frame)

    @pytest.mark.parametrize("index", [-1, 0, 20, 51])
    def test_ends_with_the_batch(self, stages: Stages, index: int) -> None:
        sink = ListSink()
        report = self.cancelled_at(stages, index, sink)
        assert report.cancelled
        assert report.frames == 8 * (index // 8 + 1)
        assert [frame.index for frame in sink.frames] == list(range(len(sink.frames)))

    def test_after_the_last_frame_comes_too_late(self, stages: Stages) -> None:
        sink = ListSink()
        assert not self.cancelled_at(stages, 59, sink).cancelled
        assert len(sink.frames) == 60

    def test_with_ctrl_c(self, stages: Stages) -> None:
        with pytest.raises(KeyboardInterrupt):
            export(
                ListSource(many_frames()),
                frames_into(ListSink()),
                stages.pipeline(),
                SMILE,
                on_frame=raiser(KeyboardInterrupt()),
            )

    def test_with_ctrl_c_again_and_again(self, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
        """No impatience lets the caller close a sink that is being written."""
        join = threading.Thread.join
        presses = 3
        written = threading.Event()

        def impatient_join(thread: threading.Thread, timeout: float | None = None) -> None:
            nonlocal presses
            if presses:
                presses -= 1
                raise KeyboardInterrupt
            written.set()
            join(thread, timeout)

        def write_slowly(_: Frame) -> None:
            assert written.wait(LIMIT_S)

        monkeypatch.setattr(threading.Thread, "join", impatient_join)
        with pytest.raises(KeyboardInterrupt):
            export(ListSource(many_frames(8)), frames_into(ListSink(write_slowly)), stages.pipeline(), SMILE)
        alive = workers_alive()
        written.set()
        assert alive == []


class TestFiles:
    """From file to file, through a pipeline that leaves every frame as it is."""

    def export_file(self, source_path: Path, target: Path, codec: VideoCodec | None = None) -> ExportReport:
        with (
            Stages().pipeline() as pipeline,
            open_source(source_path) as source,
            open_sink(target, source.info, encoding=Encoding(codec)) as sink,
        ):
            return export(source, frames_into(sink), pipeline, STILL)

    def frames_of(self, path: Path) -> list[Frame]:
        with FileSource(path) as source:
            return list(source)

    @pytest.mark.parametrize("tick", [NTSC_TICK, Fraction(1, 90_000)])
    @pytest.mark.parametrize("times", [range(0, 12 * 1001, 1001), (0, 3000, 7503, 7504, 20000, 40001, 40301, 90001)])
    def test_exact_times_survive(self, tmp_path: Path, tick: Fraction, times: Sequence[int]) -> None:
        source = make_video(tmp_path / "source.mp4", Clip(time_base=tick, times=times))
        self.export_file(source, tmp_path / "result.mp4")
        assert [frame.time for frame in self.frames_of(tmp_path / "result.mp4")] == [time * tick for time in times]

    def test_at_strength_0_every_pixel_survives(self, tmp_path: Path) -> None:
        source = make_video(tmp_path / "source.mp4", pictures=noise_pictures(12))
        report = self.export_file(source, tmp_path / "result.mkv", VideoCodec.FFV1)
        before, after = self.frames_of(source), self.frames_of(tmp_path / "result.mkv")
        assert report.frames_with_face == len(before) == len(after) == 12
        assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(after, before, strict=True))

    def test_the_sound_is_carried_over_bit_for_bit(self, tmp_path: Path) -> None:
        source = make_video(tmp_path / "source.mp4", Clip(audio="aac"))
        self.export_file(source, tmp_path / "result.mkv")
        assert audio_payloads(tmp_path / "result.mkv") == audio_payloads(source)

    def test_a_file_that_breaks_off_leaves_no_output(self, tmp_path: Path) -> None:
        whole = make_video(tmp_path / "whole.mp4", Clip(container_options={"movflags": "+faststart"}))
        source = tmp_path / "broken.mp4"
        source.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
        with pytest.raises(MediaError):
            self.export_file(source, tmp_path / "result.mkv")
        assert sorted(tmp_path.iterdir()) == [source, whole]
