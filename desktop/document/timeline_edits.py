"""Pure edits of timelines: what a drag, a paste or a slider does to the keyframes.

Keyframes are named by `KeyRef`s. Where a moved or pasted keyframe lands on another one, it takes its place.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.document.view_state import KeyRef
from engine.action_units import MAX_INTENSITY
from engine.project import LINEAR, Easing, Keyframe, Timeline, Track
from engine.project.track import STRENGTH_LIMIT

_START: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class CopiedKeyframe:
    """A keyframe on the clipboard: its track, its time after the earliest one copied, its value and easing."""

    au: int | None
    offset: Fraction
    value: float
    easing: Easing = LINEAR


def track_of(timeline: Timeline, au: int | None) -> Track:
    """Return the track of an AU, or with None that of the strength."""
    return timeline.strength if au is None else timeline.track(au)


def all_keys(timeline: Timeline) -> frozenset[KeyRef]:
    """Return every keyframe."""
    return frozenset(
        (track.au, keyframe.time) for track in (*timeline.tracks, timeline.strength) for keyframe in track.keyframes
    )


def key_times(timeline: Timeline, aus: Collection[int | None] | None = None) -> list[Fraction]:
    """Return the times at which there are keyframes, ascending, each once; of the tracks named or of all."""
    tracks = (*timeline.tracks, timeline.strength)
    return sorted({keyframe.time for track in tracks if aus is None or track.au in aus for keyframe in track.keyframes})


def limited(au: int | None, value: float) -> float:
    """Bring a value into the range of its track: an intensity 0..5, or a strength -10..10."""
    low, high = (-STRENGTH_LIMIT, STRENGTH_LIMIT) if au is None else (0.0, MAX_INTENSITY)
    return min(max(value, low), high)


def put_key(timeline: Timeline, au: int | None, keyframe: Keyframe) -> Timeline:
    """Insert a keyframe, in the place of one that is at the same time."""
    return _put(timeline, {au: [keyframe]})


def set_value(timeline: Timeline, au: int | None, value: float, time: Fraction, *, animate: bool = False) -> Timeline:
    """Set what a track shows at `time`, as a slider does.

    A track with one keyframe or none holds one value all the time, and goes on to; one with several gets a keyframe at
    `time`, whose easing is that of the segment it splits.

    Args:
        timeline: to change.
        au: of an AU, or None for the strength.
        value: limited to the track's range.
        time: in seconds.
        animate: True makes a keyframe at `time` in any case.
    """
    track = track_of(timeline, au)
    value = limited(au, value)
    if len(track.keyframes) <= 1 and not animate:
        only = track.keyframes[0] if track.keyframes else Keyframe(_START, value)
        return put_key(timeline, au, dataclasses.replace(only, value=value))
    before = [keyframe for keyframe in track.keyframes if keyframe.time <= time]
    return put_key(timeline, au, Keyframe(time, value, before[-1].easing if before else LINEAR))


def clear_track(timeline: Timeline, au: int | None) -> Timeline:
    """Remove all keyframes of a track: the AU follows the source, the strength is 1."""
    return timeline.with_track(Track(au))


def delete_keys(timeline: Timeline, keys: Collection[KeyRef]) -> Timeline:
    """Remove keyframes."""
    return _change(timeline, keys, lambda _au, _keyframe: None)


def set_easing(timeline: Timeline, keys: Collection[KeyRef], easing: Easing) -> Timeline:
    """Choose how values travel from these keyframes to the next ones."""
    return _change(timeline, keys, lambda _au, keyframe: dataclasses.replace(keyframe, easing=easing))


def move_keys(
    timeline: Timeline, keys: Collection[KeyRef], by: Fraction, value_by: float = 0.0
) -> tuple[Timeline, frozenset[KeyRef]]:
    """Move keyframes in time and in value, and return where they are then.

    None goes before the start: the move is shortened for all of them together. Values stay within their range.
    """
    if not keys:
        return timeline, frozenset()
    by = max(by, -min(time for _, time in keys))

    def moved(au: int | None, keyframe: Keyframe) -> Keyframe:
        value = limited(au, keyframe.value + value_by) if value_by else keyframe.value
        return Keyframe(keyframe.time + by, value, keyframe.easing)

    return _change(timeline, keys, moved), frozenset((au, time + by) for au, time in keys)


def copy_keys(timeline: Timeline, keys: Collection[KeyRef]) -> tuple[CopiedKeyframe, ...]:
    """Return copies of keyframes, by track and time."""
    if not keys:
        return ()
    start = min(time for _, time in keys)
    copies = []
    for au, time in sorted(keys, key=lambda key: (key[0] or 0, key[1])):
        keyframe = track_of(timeline, au).at(time)
        if keyframe is not None:
            copies.append(CopiedKeyframe(au, time - start, keyframe.value, keyframe.easing))
    return tuple(copies)


def paste_keys(
    timeline: Timeline, copies: Iterable[CopiedKeyframe], at: Fraction
) -> tuple[Timeline, frozenset[KeyRef]]:
    """Insert copies, the earliest one at `at`, and return where they are."""
    added: dict[int | None, list[Keyframe]] = {}
    for copy in copies:
        value = limited(copy.au, copy.value)
        added.setdefault(copy.au, []).append(Keyframe(at + copy.offset, value, copy.easing))
    keys = frozenset((au, keyframe.time) for au, keyframes in added.items() for keyframe in keyframes)
    return _put(timeline, added), keys


def _put(timeline: Timeline, added: Mapping[int | None, list[Keyframe]]) -> Timeline:
    for au, keyframes in added.items():
        by_time = {keyframe.time: keyframe for keyframe in (*track_of(timeline, au).keyframes, *keyframes)}
        timeline = timeline.with_track(Track(au, tuple(by_time.values())))
    return timeline


def _change(
    timeline: Timeline, keys: Collection[KeyRef], change: Callable[[int | None, Keyframe], Keyframe | None]
) -> Timeline:
    """Put in the place of each named keyframe what `change` makes of it; what it becomes wins over what is there."""
    chosen: dict[int | None, set[Fraction]] = {}
    for au, time in keys:
        chosen.setdefault(au, set()).add(time)
    for au, times in chosen.items():
        track = track_of(timeline, au)
        by_time = {keyframe.time: keyframe for keyframe in track.keyframes if keyframe.time not in times}
        changed = [change(au, keyframe) for keyframe in track.keyframes if keyframe.time in times]
        by_time |= {keyframe.time: keyframe for keyframe in changed if keyframe is not None}
        timeline = timeline.with_track(Track(au, tuple(by_time.values())))
    return timeline
