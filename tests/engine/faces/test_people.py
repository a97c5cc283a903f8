from fractions import Fraction

import numpy as np

from engine.faces.appearance import SAME_PERSON, STRANGER, Appearance
from engine.faces.expression import NeutralFace
from engine.faces.known_face import KnownFace
from engine.faces.people import KnownPerson, neutrals_of
from engine.types import FaceTrack, RGBImage


def known(pixels: RGBImage, track: FaceTrack) -> KnownPerson:
    return KnownPerson(Appearance.of(pixels, track.landmarks_px), NeutralFace(np.zeros((1, 3), np.float32)))


def green(pixels: RGBImage) -> RGBImage:
    return np.ascontiguousarray(pixels * np.array([0.3, 1.0, 0.3])).astype(np.uint8)


def test_each_face_has_the_neutral_of_its_own_person(astronaut: RGBImage, astronaut_track: FaceTrack) -> None:
    martian = green(astronaut)
    her, it = known(astronaut, astronaut_track), known(martian, astronaut_track)
    assert neutrals_of([it, her], astronaut, [astronaut_track]) == [her.neutral]
    assert neutrals_of([it, her], martian, [astronaut_track]) == [it.neutral]
    assert neutrals_of([it], astronaut, [astronaut_track]) == [None]
    assert neutrals_of([], astronaut, [astronaut_track]) == [None]
    assert neutrals_of([her], astronaut, []) == []


def test_who_stays_in_place_while_time_jumps_may_look_different(
    astronaut: RGBImage, astronaut_track: FaceTrack
) -> None:
    points = astronaut_track.landmarks_px
    person = KnownFace(0, astronaut, points, Fraction(0))
    person.is_in_shot = False
    stranger = Appearance.of(green(astronaut), points)
    changed = person.appearance.drawn_towards(stranger, 0.22 / person.appearance.distance(stranger))
    assert SAME_PERSON < person.appearance.distance(changed) < STRANGER
    costs = {}
    for stayed in (False, True):
        person.may_have_stayed = stayed
        costs[stayed] = person.cost(points, changed, Fraction(2))
    assert np.isinf(costs[False])
    assert np.isfinite(costs[True])
    assert np.isinf(person.cost(points + np.float32(300), changed, Fraction(2)))
    assert np.isinf(person.cost(points, stranger, Fraction(2)))
