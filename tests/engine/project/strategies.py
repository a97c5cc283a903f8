"""What hypothesis draws projects from."""

from fractions import Fraction
from pathlib import Path
from typing import get_args

from hypothesis import strategies as st

from engine.action_units import AU_NUMBERS
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.project import (
    EASINGS,
    Codec,
    Compositing,
    FaceOptions,
    Keyframe,
    OutputSettings,
    Project,
    Timeline,
    Track,
    cubic_bezier,
)
from engine.project.exact_time import TIME_LIMIT

FOLDER = Path("/projects/smile").absolute()

rates = st.sampled_from(
    [Fraction(24), Fraction(25), Fraction(30), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)]
)
times = st.one_of(
    st.fractions(min_value=-1000, max_value=100_000, max_denominator=90_000),
    st.builds(Fraction, st.integers(-TIME_LIMIT, TIME_LIMIT), st.integers(1, TIME_LIMIT)),
)
intensities = st.floats(0.0, 5.0)
unit = st.floats(0.0, 1.0)
easings = st.one_of(
    st.sampled_from(list(EASINGS.values())),
    st.builds(cubic_bezier, unit, st.floats(-10.0, 10.0), unit, st.floats(-10.0, 10.0)),
)


def keyframe_lists(values: st.SearchStrategy[float], max_size: int = 4) -> st.SearchStrategy[tuple[Keyframe, ...]]:
    """Keyframes in any order, each at its own time."""
    keyframes = st.builds(Keyframe, times, values, easings)
    return st.lists(keyframes, max_size=max_size, unique_by=lambda keyframe: keyframe.time).map(tuple)


au_tracks = st.builds(Track, st.sampled_from(AU_NUMBERS), keyframe_lists(intensities))
strength_tracks = st.builds(Track, st.none(), keyframe_lists(st.floats(-10.0, 10.0)))
timelines = st.builds(
    Timeline, st.lists(au_tracks, max_size=3, unique_by=lambda track: track.au).map(tuple), strength_tracks
)
_names = st.text(
    st.characters(exclude_characters='/\\\0:"*<>?|', exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
).filter(lambda name: name.strip(". ") == name)
paths = st.one_of(
    st.none(),
    st.builds(
        lambda up, parts: FOLDER.joinpath(*[".."] * up, *parts).resolve(),
        st.integers(0, 2),
        st.lists(_names, min_size=1),
    ),
)
selections = st.one_of(
    st.sampled_from(["largest", "leftmost", "rightmost", "all"]).map(FaceSelection.parse),
    st.builds(FaceSelection.nearest, unit, unit),
    st.lists(st.integers(0, 7), max_size=3).map(lambda ids: FaceSelection.picked(*ids)),
)
face_options = st.builds(
    FaceOptions,
    selection=selections,
    neutral_at=st.none() | times,
    regions=st.builds(RegionStrengths, unit, unit, unit, unit),
)
projects = st.builds(
    Project,
    model=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True),
    media=paths,
    timeline=timelines,
    faces=face_options,
    output=st.builds(
        OutputSettings,
        path=paths,
        codec=st.sampled_from([None, *get_args(Codec)]),
        quality=st.integers(0, 100),
        compositing=st.sampled_from(get_args(Compositing)),
        keep_audio=st.booleans(),
    ),
)
