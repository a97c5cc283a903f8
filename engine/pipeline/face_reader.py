"""The first half of the pipeline: which faces a frame shows, where, with which expression, and how far to edit them."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from engine.edit_scope import LARGEST, FaceSelection
from engine.errors import PipelineError
from engine.faces.calibration import CalibratedEstimator
from engine.faces.fading import Fading
from engine.faces.people import KnownPerson, neutrals_of
from engine.faces.reading import FaceReading
from engine.faces.selection import FaceChooser
from engine.faces.smoothing import NoSmoothing, ReadFrame, Smoother, smoother
from engine.faces.tracker import FaceTracker
from engine.pipeline.stage_clock import StageClock
from engine.pipeline.stages import Estimator, Stills, Tracker
from engine.types import FaceTrack, Frame

_REMEMBERED_FRAMES: Final = 15


@dataclass(frozen=True, slots=True)
class FaceSettings:
    """How faces are chosen and read.

    Attributes:
        selection: which faces are edited.
        smoothing: how much landmarks and intensities are smoothed over time: 0 not at all, 1 as usual, more for more.
        calibrates: whether each person's face at rest is learnt from the frames themselves.
        neutral_at: seconds from the source's start, of a frame in which the people that are edited are at rest; None
            where nobody has said so. Whoever has the source gives that frame to `FaceReader.take_neutral`.
    """

    selection: FaceSelection = LARGEST
    smoothing: float = 1.0
    calibrates: bool = True
    neutral_at: Fraction | None = None


class FaceReader:
    """Reads the faces of successive frames. Owned by one thread.

    Args:
        tracker: closed with the reader.
        estimator: reads expressions.
        settings: may be changed by `configure`.
        fading: weighs faces that come, go, or turn away; None where frames do not follow each other.
        holds_back: whether frames may be held back for smoothing without lag; only with `fading`.

    Attributes:
        clock: the time each stage took.
    """

    def __init__(
        self,
        tracker: Tracker,
        estimator: Estimator,
        settings: FaceSettings,
        fading: Fading | None = None,
        *,
        holds_back: bool = False,
    ) -> None:
        self.clock = StageClock()
        self._tracker = tracker
        self._estimator = estimator
        self._settings = settings
        self._chooser = FaceChooser(settings.selection)
        self._fading = fading
        self._holds_back = holds_back
        self._smoother = self._new_smoother()
        self._read: ReadFrame | None = None
        self._smoothed: ReadFrame | None = None
        self._seen: deque[tuple[FaceTrack, ...]] = deque(maxlen=_REMEMBERED_FRAMES)
        self._at_rest: list[FaceTrack] = []
        self._people: tuple[KnownPerson, ...] = ()

    def read(self, frame: Frame) -> list[ReadFrame]:
        """Take the next frame; return those that are read by now, in order: this one, unless frames are held back.

        A frame that shares its pixel array with the one before shares what was read in it.
        """
        if self._read is not None and self._read.frame.pixels is frame.pixels:
            if self._smoothed is not None:
                return [replace(self._smoothed, frame=frame, begins_shot=False)]
            self._read = replace(self._read, frame=frame, begins_shot=False)
        else:
            self._read = None  # a failure must not leave the frame before in its place
            self._read = self._look(frame)
        with self.clock.measure("smooth"):
            ready = self._smoother.push(self._read)
        self._smoothed = ready[-1] if ready and ready[-1].frame is frame else None
        return ready

    def read_rest(self) -> list[ReadFrame]:
        """The video ends here: return the frames that were held back."""
        return self._smoother.flush()

    def _look(self, frame: Frame) -> ReadFrame:
        with faults_at(frame), self.clock.measure("detect"):
            tracks = self._tracker.update(frame)
        begins_shot = self._tracker.begins_shot
        if begins_shot:
            self._seen.clear()
        self._seen.append(tracks)
        if not tracks:
            self._weigh(frame, (), frozenset())
            return ReadFrame(frame, (), begins_shot)
        height, width = frame.pixels.shape[:2]
        chosen = self._chooser.choose(tracks, width, height)
        if self._fading is None:
            self._recognise(frame, tracks, chosen)
        with self.clock.measure("estimate", len(tracks)):
            sources = self._estimator.estimate(tracks, frame.time)
        weights = self._weigh(frame, tracks, chosen)
        faces = tuple(
            FaceReading(track, source, weights[track.id], track.id in chosen)
            for track, source in zip(tracks, sources, strict=True)
        )
        return ReadFrame(frame, faces, begins_shot)

    def _weigh(self, frame: Frame, tracks: Sequence[FaceTrack], chosen: frozenset[int]) -> dict[int, float]:
        if self._fading is None:
            return {track.id: float(track.id in chosen) for track in tracks}
        return self._fading.update(tracks, chosen, frame.time, begins_shot=self._tracker.begins_shot)

    def configure(self, settings: FaceSettings) -> None:
        """Read the frames to come by other settings."""
        changes_smoothing = settings.smoothing != self._settings.smoothing
        self._settings = settings
        self._chooser.selection = settings.selection
        if isinstance(self._estimator, CalibratedEstimator):
            self._estimator.learns = settings.calibrates and self._fading is not None
        if changes_smoothing:
            self._smoother = self._new_smoother()
        self._read = None

    def set_neutral(self, face_id: int | None = None) -> int:
        """Take a person's face of the last frames, up to 15, for the person at rest: "this is my neutral".

        Args:
            face_id: whose; by default, of all faces that are edited.

        Returns:
            How many faces that were.
        """
        assert isinstance(self._estimator, CalibratedEstimator)
        latest = () if self._read is None else self._read.faces
        ids = [face.track.id for face in latest if (face.is_selected if face_id is None else face.track.id == face_id)]
        count = 0
        for wanted in ids:
            seen = [track for tracks in self._seen for track in tracks if track.id == wanted and track.confidence > 0]
            if seen:
                self._estimator.person(wanted).set_neutral(seen)
                count += 1
        self._read = None
        return count

    def take_neutral(self, frame: Frame) -> None:
        """Take the faces to edit of this one frame for their people at rest, before the first frame is read.

        Where frames do not follow each other, nobody is known again: then they are the faces to edit of every frame.
        """
        with faults_at(frame):
            tracks = self._tracker.update(frame)
        height, width = frame.pixels.shape[:2]
        chosen = FaceChooser(self._settings.selection).choose(tracks, width, height)
        self._at_rest = [track for track in tracks if track.id in chosen]
        self._know_at_rest([track.id for track in self._at_rest])
        self._read = None

    def know(self, people: Sequence[KnownPerson]) -> None:
        """Read pictures that do not follow each other against the faces at rest of these people, who are in them."""
        self._people = tuple(people)
        self._read = None

    def _recognise(self, frame: Frame, tracks: Sequence[FaceTrack], chosen: frozenset[int]) -> None:
        """Say whose face at rest each face of a picture is read against; one that was taken goes before known ones."""
        if self._people and isinstance(self._estimator, CalibratedEstimator):
            self._estimator.forget()
            for track, neutral in zip(tracks, neutrals_of(self._people, frame.pixels, tracks), strict=True):
                if neutral is not None:
                    self._estimator.person(track.id).take(neutral)
        if self._at_rest:
            self._know_at_rest(sorted(chosen))

    def _know_at_rest(self, face_ids: Sequence[int]) -> None:
        """Read the expressions of these faces against those of the frame at rest, in its order."""
        assert isinstance(self._estimator, CalibratedEstimator)
        for face_id, track in zip(face_ids, self._at_rest, strict=False):
            self._estimator.person(face_id).set_neutral([track])

    def forget_neutral(self) -> None:
        """Forget everybody's face at rest, and learn it anew where the settings say so."""
        self._at_rest = []
        if isinstance(self._estimator, CalibratedEstimator):
            self._estimator.forget()
        self._read = None

    def rehearse(self, frames: Iterator[Frame]) -> None:
        """Learn each person's face at rest from frames of a clip, for all of it, before its first frame is read."""
        if isinstance(self._estimator, CalibratedEstimator) and self._estimator.learns:
            for frame in frames:
                self._estimator.estimate(self._tracker.update(frame), frame.time)
            self._estimator.settle()

    def people_met(self) -> tuple[KnownPerson, ...]:
        """The people of the frames read or rehearsed whose faces at rest are known."""
        if not (isinstance(self._estimator, CalibratedEstimator) and isinstance(self._tracker, FaceTracker)):
            return ()
        neutrals = {face_id: person.neutral for face_id, person in self._estimator.people.items()}
        return tuple(
            KnownPerson(looks, neutral)
            for face_id, looks in self._tracker.looks.items()
            if (neutral := neutrals.get(face_id)) is not None
        )

    def look_closely(self, closely: bool) -> None:
        """Whether to find small faces beside large ones in photos; videos show them anyway, after a moment."""
        if isinstance(self._tracker, Stills):
            self._tracker.looks_closely = closely
            self._read = None

    def _new_smoother(self) -> Smoother:
        if self._fading is None:
            return NoSmoothing()
        return smoother(self._settings.smoothing, is_clip=self._holds_back)

    def close(self) -> None:
        """Free the tracker."""
        self._tracker.close()


@contextmanager
def faults_at(frame: Frame) -> Iterator[None]:
    """Say at which frame a stage failed."""
    try:
        yield
    except PipelineError as error:
        error.frame_index = frame.index
        raise
