"""The export loop: every frame once, in order, at its own time, with memory that does not grow with the clip.

Three threads pass batches through bounded channels: one decodes, the caller's computes, one encodes. Whichever fails or
is cancelled closes the channels on both sides, so that the others end too.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from engine.channel import Channel, ChannelClosedError
from engine.media import VideoInfo, VideoSink, VideoSource
from engine.pipeline import ExpressionPlan, Pipeline, ProcessedFrame, StageClock, StageTimes
from engine.types import Frame

MAX_BATCH_SIZE: Final = 8
"""Frames a batch; more gain nothing on a CPU and little on a GPU, and cost memory."""
MAX_BATCH_BYTES: Final = 64 * 2**20
"""Batches of large frames hold fewer: their cost lies outside the networks, and an export holds several batches."""
_BATCHES_WAITING: Final = 2


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What came of an export.

    Attributes:
        frames: frames that were computed; unless it was cancelled, all of the source, and all in the sink.
        frames_with_face: those in which a face was found.
        seconds: wall-clock time.
        cancelled: whether it was cancelled before the source ended.
        stages: time a frame of every stage, "decode" and "encode video" included.
    """

    frames: int
    frames_with_face: int
    seconds: float
    cancelled: bool
    stages: Mapping[str, StageTimes]


class _Worker(threading.Thread):
    """A thread that hands over the error that ended it, and times its own stage."""

    def __init__(self, stage: str, work: Callable[[StageClock], None], fail: Callable[[BaseException], None]) -> None:
        super().__init__(name=f"export: {stage}")
        self.clock = StageClock()
        self._work = work
        self._fail = fail

    def run(self) -> None:
        try:
            self._work(self.clock)
        except ChannelClosedError:
            pass  # the other end gave up and has said why
        except BaseException as error:  # noqa: BLE001  handed to the caller, which raises it
            self._fail(error)


def export(
    source: VideoSource,
    write: Callable[[ProcessedFrame], object],
    pipeline: Pipeline,
    plan: ExpressionPlan,
    *,
    cancel: threading.Event | None = None,
    on_frame: Callable[[ProcessedFrame], None] | None = None,
    batch_size: int | None = None,
) -> ExportReport:
    """Run every frame of `source` through `pipeline` to `write`; all three stay open and belong to the caller.

    A sink behind `write` is neither finished nor aborted: put it in a `with` block, and abort it where the report says
    `cancelled`. When this function returns or raises, no thread uses any of the three.

    Args:
        source: read by a thread of its own.
        write: takes each result, in order, on a thread of its own; `frames_into` makes it of a sink.
        pipeline: used on the calling thread.
        plan: the expression to show at each time, usually a `Timeline`.
        cancel: set it from any thread to stop; that is an outcome, not an error.
        on_frame: called on the calling thread for each frame that has been computed, in order.
        batch_size: frames that go through the networks together; None suits the size of the frames.

    Raises:
        EngineError: from whichever stage failed first.
    """
    cancel = cancel or threading.Event()
    decoded: Channel[list[Frame]] = Channel(_BATCHES_WAITING)
    done: Channel[list[ProcessedFrame]] = Channel(_BATCHES_WAITING)
    failures: list[BaseException] = []

    def stop() -> None:
        decoded.abandon()
        done.abandon()

    def fail(error: BaseException) -> None:
        failures.append(error)
        stop()

    frames = frames_with_face = 0

    def hand_over(processed: list[ProcessedFrame]) -> None:
        nonlocal frames, frames_with_face
        done.put(processed)
        frames += len(processed)
        frames_with_face += sum(result.face is not None for result in processed)
        if on_frame is not None:
            for result in processed:
                on_frame(result)

    size = batch_size or _batch_size(source.info)
    reader = _Worker("decode", lambda clock: _decode(source, decoded, size, clock), fail)
    writer = _Worker("encode video", lambda clock: _encode(done, write, clock), fail)
    workers = (reader, writer)
    cancelled = False
    started = time.perf_counter()
    try:
        for worker in workers:
            worker.start()
        for batch in decoded:
            if cancel.is_set():
                cancelled = True
                stop()
                break
            hand_over(pipeline.process(batch, plan))
        else:
            hand_over(pipeline.finish(plan))
        done.finish()
        for worker in workers:
            worker.join()
    except ChannelClosedError:
        pass  # the encoder gave up and has said why
    except BaseException as error:  # noqa: BLE001  raised below, unless another stage failed before
        fail(error)
    finally:
        _wait_for(workers)
    if failures:
        raise failures[0]
    stages = {**reader.clock.times(), **pipeline.clock.times(), **writer.clock.times()}
    return ExportReport(frames, frames_with_face, time.perf_counter() - started, cancelled, stages)


def frames_into(sink: VideoSink) -> Callable[[ProcessedFrame], None]:
    """What `export` writes by, where the edited frames go into `sink` as they are."""

    def write(result: ProcessedFrame) -> None:
        sink.write(result.frame)

    return write


def sampled(source: VideoSource, count: int) -> Iterator[Frame]:
    """Up to `count` frames of a source, evenly spread over its length; none where the length is not known."""
    info = source.info
    length = info.duration or (info.frame_count or 0) / info.average_rate
    if length > 0:
        for index in range(count):
            yield from islice(source.frames(length * (2 * index + 1) / (2 * count)), 1)


def _batch_size(info: VideoInfo) -> int:
    return max(1, min(MAX_BATCH_SIZE, MAX_BATCH_BYTES // (info.width * info.height * 3)))


def _decode(source: VideoSource, decoded: Channel[list[Frame]], batch_size: int, clock: StageClock) -> None:
    frames = iter(source)
    while True:
        start = time.perf_counter()
        batch = list(islice(frames, batch_size))
        if not batch:
            break
        clock.add("decode", time.perf_counter() - start, len(batch))
        decoded.put(batch)
    decoded.finish()


def _encode(done: Channel[list[ProcessedFrame]], write: Callable[[ProcessedFrame], object], clock: StageClock) -> None:
    for batch in done:
        for result in batch:
            with clock.measure("encode video"):
                write(result)


def _wait_for(workers: Sequence[threading.Thread]) -> None:
    """Wait until all have ended, however often Ctrl-C is pressed: what a thread still uses must not be closed."""
    for worker in workers:
        while worker.is_alive():
            with suppress(KeyboardInterrupt):
                worker.join()
