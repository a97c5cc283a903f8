"""The tracker, with followers and a finder that see coloured squares instead of faces."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from engine.faces.face_track import box_of, centre_of
from engine.faces.tracker import FaceTracker
from engine.types import FaceTrack, FloatArray, Frame, RGBImage
from tests.engine.faces.heads import posed, rotation, stiff_head

RATE = 25
WIDTH, HEIGHT = 640, 240
STEP = 4
RED, GREEN, BLUE, WHITE, YELLOW = (200, 60, 40), (50, 180, 60), (40, 60, 200), (230, 230, 230), (210, 200, 30)
PURPLE = (140, 40, 150)
COLOURS = (RED, GREEN, BLUE, WHITE, YELLOW)


@dataclass(frozen=True)
class Actor:
    """A face that shows as a square of its colour."""

    colour: tuple[int, int, int]
    x: float
    y: float = 120.0
    size: float = 60.0


def picture(*actors: Actor, background: int = 90) -> RGBImage:
    """Later actors are in front."""
    pixels = np.full((HEIGHT, WIDTH, 3), background, np.uint8)
    for actor in actors:
        left, top = int(actor.x - actor.size / 2), int(actor.y - actor.size / 2)
        side = int(actor.size)
        pixels[max(top, 0) : max(top + side, 0), max(left, 0) : max(left + side, 0)] = actor.colour
    return pixels


def faces_in(pixels: RGBImage) -> list[FloatArray]:
    """Landmarks of each square of which at least half shows, largest first."""
    found = []
    for colour in COLOURS:
        rows, columns = np.nonzero((pixels[::STEP, ::STEP] == colour).all(axis=-1))
        rows, columns = STEP * rows, STEP * columns
        if len(rows) and np.ptp(columns) > 0.5 * np.ptp(rows):
            size = float(np.ptp(rows)) + STEP
            x, y = columns.mean(), rows.mean()
            points = np.clip(stiff_head(), -1.2, 1.2)
            face = posed(points, rotation(0, 0, 0), size / 3, (0, 0, 0))
            left, top, right, bottom = box_of(face)
            found.append(face + np.array([x - (left + right) / 2, y - (top + bottom) / 2, 0], np.float32))
    return sorted(found, key=lambda face: -float(np.ptp(face[:, 0])))


class Eyes:
    """Makes followers and is the finder; counts what they do."""

    def __init__(self) -> None:
        self.looks: list[str] = []
        self.opened = 0
        self.closed = 0

    def new_follower(self) -> "SquareFollower":
        self.opened += 1
        return SquareFollower(self)

    def search(self, pixels: RGBImage) -> list[FloatArray]:
        self.looks.append("search")
        return faces_in(pixels)

    def look(self, pixels: RGBImage) -> list[FloatArray]:
        self.looks.append("look")
        return faces_in(pixels)

    def look_closer(self, pixels: RGBImage) -> list[FloatArray]:
        self.looks.append("look closer")
        return []

    def close(self) -> None:
        self.closed += 1


class SquareFollower:
    """Follows whatever is nearest to where its face was, be it another one."""

    def __init__(self, eyes: Eyes) -> None:
        self._eyes = eyes
        self._at = np.zeros(2)

    def aim(self, landmarks_px: FloatArray) -> None:
        self._at = np.array(centre_of(box_of(landmarks_px)))

    def follow(self, pixels: RGBImage, time: Fraction) -> FloatArray | None:
        def distance(face: FloatArray) -> float:
            return float(np.hypot(*(np.array(centre_of(box_of(face))) - self._at)))

        nearest = min(faces_in(pixels), key=distance, default=None)
        if nearest is None or distance(nearest) > 60:
            return None
        self.aim(nearest)
        return nearest

    def close(self) -> None:
        self._eyes.closed += 1


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture
def tracker(eyes: Eyes) -> Iterator[FaceTracker]:
    with FaceTracker(new_follower=eyes.new_follower, finder=eyes) as tracker:
        yield tracker
    assert eyes.closed == eyes.opened + 1


class Film:
    """Shows pictures to a tracker, one after the other."""

    def __init__(self, tracker: FaceTracker) -> None:
        self.tracker = tracker
        self.index = 0

    def show(self, *actors: Actor, background: int = 90) -> dict[int, FaceTrack]:
        frame = Frame(picture(*actors, background=background), Fraction(self.index, RATE), self.index)
        self.index += 1
        return {track.id: track for track in self.tracker.update(frame)}


@pytest.fixture
def film(tracker: FaceTracker) -> Film:
    return Film(tracker)


def who(tracks: dict[int, FaceTrack], *actors: Actor) -> dict[int, tuple[int, int, int]]:
    """The colour of the actor at each track that was seen."""
    return {
        face_id: min(actors, key=lambda actor: abs(actor.x - centre_of(track.box_px)[0])).colour
        for face_id, track in tracks.items()
        if track.confidence > 0
    }


def test_no_face_is_a_result(film: Film) -> None:
    assert film.show() == {}


def test_ids_are_kept_while_faces_move(film: Film) -> None:
    for step in range(40):
        red, green = Actor(RED, 100 + 5 * step), Actor(GREEN, 500 - 2 * step)
        assert who(film.show(red, green), red, green) == {0: RED, 1: GREEN}


def test_crossing_faces_keep_their_ids(film: Film, tracker: FaceTracker) -> None:
    for step in range(60):
        red, green = Actor(RED, 120 + 7 * step), Actor(GREEN, 540 - 7 * step, y=110)
        seen = who(film.show(green, red), green, red)
        assert seen.get(0, RED) == RED or abs(red.x - green.x) < 60
        if abs(red.x - green.x) > 120:
            assert seen == {0: RED, 1: GREEN}


def test_a_hidden_face_is_predicted_for_a_while_and_gets_its_id_back(film: Film) -> None:
    face = Actor(RED, 200)
    for step in range(10):
        film.show(Actor(RED, 180 + 2 * step))
    confidences = [[track.confidence for track in film.show().values()] for _ in range(25)]
    predicted = [found for found in confidences if found]
    assert predicted == [[0.0]] * 15
    assert confidences[:15] == predicted
    assert set(film.show(face)) == {0}


def test_someone_else_in_the_same_place_is_someone_else(film: Film) -> None:
    film.show(Actor(RED, 200))
    for _ in range(20):
        film.show()
    tracks = film.show(Actor(BLUE, 200))
    assert set(tracks) == {1}


def test_who_leaves_and_comes_back_elsewhere_keeps_the_id(film: Film) -> None:
    film.show(Actor(RED, 100), Actor(BLUE, 300))
    for step in range(60):
        film.show(Actor(RED, 100), Actor(BLUE, 300 + 20 * step))
    tracks = {}
    for _ in range(30):
        tracks = film.show(Actor(RED, 100), Actor(BLUE, 550))
    assert who(tracks, Actor(RED, 100), Actor(BLUE, 550)) == {0: RED, 1: BLUE}


def test_a_cut_begins_anew_but_people_are_known_by_their_looks(film: Film, tracker: FaceTracker) -> None:
    film.show(Actor(RED, 100), Actor(GREEN, 400))
    film.show(Actor(RED, 100), Actor(GREEN, 400))
    assert not tracker.begins_shot
    tracks = film.show(Actor(GREEN, 120, size=90), Actor(BLUE, 420), background=200)
    assert tracker.begins_shot
    assert who(tracks, Actor(GREEN, 120), Actor(BLUE, 420)) == {1: GREEN, 2: BLUE}


def test_another_frame_size_begins_a_shot(tracker: FaceTracker) -> None:
    small, large = picture(Actor(RED, 200)), picture(Actor(RED, 200)).repeat(2, axis=0).repeat(2, axis=1)
    tracker.update(Frame(small, Fraction(0), 0))
    (track,) = tracker.update(Frame(large, Fraction(1, RATE), 1))
    assert tracker.begins_shot
    assert track.id == 0
    assert centre_of(track.box_px)[0] == pytest.approx(400, abs=2)


def test_time_that_jumps_begins_a_shot(tracker: FaceTracker) -> None:
    pixels = picture(Actor(RED, 200))
    begins = []
    for index, time in enumerate((0.0, 0.04, 2.0, 2.04, 0.0)):
        tracker.update(Frame(pixels, Fraction(time), index))
        begins.append(tracker.begins_shot)
    assert begins == [True, False, True, False, True]


def test_of_six_faces_the_four_largest_are_followed(film: Film) -> None:
    actors = [
        Actor(colour, 60 + 104 * place, size=size)
        for place, (colour, size) in enumerate(zip((*COLOURS, PURPLE), (60, 40, 70, 64, 68, 36), strict=True))
    ]
    for _ in range(30):
        tracks = film.show(*actors)
        assert set(who(tracks, *actors).values()) == {RED, BLUE, WHITE, YELLOW}
        assert len(tracks) == 4


def test_a_second_face_is_found_within_a_second(film: Film) -> None:
    for _ in range(5):
        film.show(Actor(RED, 100))
    both = Actor(RED, 100), Actor(GREEN, 400)
    found = [len(film.show(*both)) for _ in range(RATE)]
    assert found[-1] == 2


def test_one_face_is_followed_without_searching(film: Film, eyes: Eyes) -> None:
    for _ in range(2 * RATE):
        film.show(Actor(RED, 100))
    assert eyes.looks == ["search", "look", "look"]


def test_without_faces_small_ones_are_looked_for_part_by_part(film: Film, eyes: Eyes) -> None:
    for _ in range(10 * RATE):
        film.show()
    assert eyes.looks[0] == "search"
    assert eyes.looks.count("search") == 1
    assert eyes.looks.count("look closer") == pytest.approx(9.5 * RATE, abs=2)
    assert eyes.opened == 0
    film.show(Actor(RED, 100))
    assert len(film.show(Actor(RED, 100))) == 1


def test_followers_are_used_again(film: Film, eyes: Eyes) -> None:
    for colour in (RED, GREEN, BLUE, WHITE):
        for background in (20, 120):
            film.show(Actor(colour, 300), background=background)
    assert eyes.opened == 1
