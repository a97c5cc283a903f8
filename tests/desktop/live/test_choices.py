"""What is chosen is kept; what cannot be understood is as at first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.live.choices import CAMERA_FORMATS, Camera, Clip, DriverKind, LiveChoices, Source
from desktop.live.controls import controls_of
from engine.action_units import AUVector
from engine.controls import Controls

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
sources: st.SearchStrategy[Source] = st.one_of(
    st.builds(Camera, st.integers(0, 9), names), st.builds(Clip, st.builds(Path, names))
)
tenths = st.integers(0, 30).map(lambda value: value / 10)


@st.composite
def choices(draw: st.DrawFn) -> LiveChoices:
    driver_source = draw(st.none() | sources)
    kinds = list(DriverKind) if driver_source is not None else [DriverKind.NONE, DriverKind.SAME]
    return LiveChoices(
        draw(st.none() | sources),
        draw(st.sampled_from(CAMERA_FORMATS)),
        draw(st.booleans()),
        draw(st.sampled_from(kinds)),
        driver_source,
        draw(tenths),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(tenths),
        draw(tenths),
    )


@given(choices())
def test_what_is_chosen_comes_back(chosen: LiveChoices) -> None:
    assert LiveChoices.restored(chosen.stored()) == chosen


@given(st.dictionaries(st.sampled_from([*LiveChoices().stored(), "source", "driver_source", "other"]), st.text()))
def test_no_file_of_preferences_is_refused(stored: dict[str, str]) -> None:
    LiveChoices.restored(stored)


def test_a_driver_without_a_source_is_none() -> None:
    assert LiveChoices.restored({"driver": "other"}).driver is DriverKind.NONE


@pytest.mark.parametrize(("name", "is_photo"), [("me.JPG", True), ("me.webp", True), ("me.mp4", False), ("me", False)])
def test_a_photo_does_not_start_again(name: str, is_photo: bool) -> None:
    clip = Clip(Path(name))
    assert clip.is_photo is is_photo
    opened = clip.as_input(CAMERA_FORMATS[0], loop=True)
    assert opened.loop is not is_photo  # type: ignore[union-attr]


SOURCE = AUVector.of({12: 1.0, 25: 2.0})
SMILE = {12: 3.0}


def at_once(controls: Controls, driver: AUVector | None = None) -> AUVector:
    return controls.evaluate(0, SOURCE, driver)  # type: ignore[arg-type]  # no timeline


def test_sliders_are_set_or_added() -> None:
    assert at_once(controls_of(SMILE, 1.0, LiveChoices()))[12] == 3.0
    added = at_once(controls_of(SMILE, 1.0, LiveChoices(adds=True)))
    assert (added[12], added[25]) == (4.0, 2.0)


def test_the_same_face_moves_more_or_not_at_all() -> None:
    more = at_once(controls_of({}, 1.0, LiveChoices(driver=DriverKind.SAME, amount=2.0)))
    still = at_once(controls_of({}, 1.0, LiveChoices(driver=DriverKind.SAME, amount=0.0)))
    assert (more[12], more[25]) == (2.0, 4.0)
    assert still == AUVector.neutral()
    assert at_once(controls_of({}, 1.0, LiveChoices(amount=2.0))) == SOURCE


def test_another_face_is_added_or_takes_its_place() -> None:
    other = LiveChoices(driver=DriverKind.OTHER, driver_source=Camera(1, "Second"), amount=0.5)
    driver = AUVector.of({12: 2.0})
    assert at_once(controls_of({}, 1.0, other), driver)[12] == 2.0
    instead = LiveChoices(driver=DriverKind.OTHER, driver_source=Camera(1, "Second"), takes_place=True)
    assert at_once(controls_of({}, 1.0, instead), driver) == driver


def test_strength_holds_for_all() -> None:
    assert at_once(controls_of(SMILE, 0.5, LiveChoices()))[12] == 2.0
