"""The expression over time: a track for each animated action unit, and one for the strength."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from engine.action_units import AU_NUMBERS, AUVector, au_index, interpolate_expression
from engine.errors import ProjectError
from engine.project.easing import Easing
from engine.project.track import Keyframe, Track


@dataclass(frozen=True, slots=True)
class Timeline:
    """What to make of a source's expression at each moment. Edits return a new timeline.

    Attributes:
        tracks: AU tracks by ascending number; given in any order. Those without keyframes say nothing and are left out.
        strength: the track of α; without keyframes α is 1.
    """

    tracks: tuple[Track, ...] = ()
    strength: Track = field(default_factory=lambda: Track(None))
    _indexed: tuple[tuple[int, Track], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.strength.au is not None:
            raise ProjectError(
                f"The track of {self.strength.label} cannot be the strength.", "Put it among the AU tracks."
            )
        by_number: dict[int, Track] = {}
        for track in self.tracks:
            if track.au is None:
                raise ProjectError("The strength cannot be one of the AU tracks.", "Give it as the strength.")
            if track.au in by_number:
                raise ProjectError(
                    f"The timeline has two tracks of {track.label}.", "Join their keyframes in one track."
                )
            by_number[track.au] = track
        tracks = tuple(by_number[number] for number in sorted(by_number) if by_number[number].keyframes)
        object.__setattr__(self, "tracks", tracks)
        object.__setattr__(
            self, "_indexed", tuple((au_index(track.au), track) for track in tracks if track.au is not None)
        )

    @classmethod
    def constant(cls, intensities: Mapping[int, float], strength: float = 1.0) -> "Timeline":
        """Hold the AUs named in `intensities` (AU number to intensity) all the time; all others follow the source."""
        start = Fraction(0)
        return cls(
            tuple(Track(number, (Keyframe(start, value),)) for number, value in intensities.items()),
            Track(None, (Keyframe(start, strength),)),
        )

    @classmethod
    def from_poses(cls, poses: Iterable[tuple[Fraction, AUVector, Easing]]) -> "Timeline":
        """Move all 17 AUs from pose to pose: (time in seconds, expression, easing towards the next pose)."""
        keyframes: dict[int, list[Keyframe]] = {number: [] for number in AU_NUMBERS}
        for time, expression, easing in poses:
            for number, value in zip(AU_NUMBERS, expression.values, strict=True):
                # str gives the float32's short decimal: 0.1 and not 0.10000000149011612, which reads back the same.
                keyframes[number].append(Keyframe(time, float(str(value)), easing))
        return cls(tuple(Track(number, tuple(keys)) for number, keys in keyframes.items()))

    @property
    def end(self) -> Fraction:
        """Time of the last keyframe, in seconds; 0 without keyframes. After it nothing changes."""
        return max(
            (track.keyframes[-1].time for track in (*self.tracks, self.strength) if track.keyframes),
            default=Fraction(0),
        )

    def track(self, number: int) -> Track:
        """Return the track of AU `number`, without keyframes where the AU follows the source."""
        return next((track for track in self.tracks if track.au == number), Track(number))

    def with_track(self, track: Track) -> "Timeline":
        """A copy in which `track` takes the place of the one of the same AU, or of the strength."""
        if track.au is None:
            return dataclasses.replace(self, strength=track)
        return dataclasses.replace(self, tracks=(*(other for other in self.tracks if other.au != track.au), track))

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the expression at `time` (equation 8): u(t) = u_source + α(t) (u_target(t) - u_source), within 0..5.

        Args:
            time: seconds from the start of the media.
            source: intensities of the source's face at that time; an AU without keyframes keeps its own.
        """
        return interpolate_expression(source, self.target(time, source), self.strength_at(time))

    def target(self, time: Fraction, source: AUVector) -> AUVector:
        """Return u_target(t): the AU tracks' values, the AUs without keyframes as in `source`; α is not applied."""
        values: list[float] = source.values.tolist()
        for index, track in self._indexed:
            value = track.evaluate(time)
            if value is not None:
                values[index] = value
        return AUVector(np.array(values, np.float32))

    def strength_at(self, time: Fraction) -> float:
        """Return α(t), 1 without keyframes."""
        strength = self.strength.evaluate(time)
        return 1.0 if strength is None else strength
