"""Up to four faces with stable ids, through occlusion, crossing and cuts.

Every face in the picture has a follower of its own; a finder looks now and then for faces that nobody follows. What
they find in a frame is assigned to the people known, by place, size and looks: an id belongs to a person, not to a
follower, which may slip from one face to another where two cross.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import TracebackType
from typing import Final, Protocol, Self

import numpy as np

from engine.faces.appearance import Appearance
from engine.faces.association import assign, plain_pairs
from engine.faces.face_track import area_of, box_of
from engine.faces.finder import FaceFinder
from engine.faces.follower import FaceFollower, Follower
from engine.faces.followers import Followers
from engine.faces.known_face import ALONE, HELD_S, KnownFace
from engine.faces.scene_cuts import SceneCuts
from engine.faces.search import show_the_same
from engine.types import FaceTrack, FloatArray, Frame, RGBImage

MAX_FACES: Final = 4

_LOOKS_EVERY_S: Final = Fraction(4, 5)
_LOOKS_FOR_THE_MISSING_EVERY_S: Final = Fraction(1, 10)
_SEARCHES_AFTER_S: Final = Fraction(1, 2)
_LONGEST_STEP_S: Final = Fraction(1, 2)
_REMEMBERED_S: Final = 60.0
_MOST_REMEMBERED: Final = 16
_PREFERENCE: Final = 1.2
_NEAR: Final = 0.35
_FAR: Final = 1.5


class Finder(Protocol):
    """Finds faces that nobody follows; `engine.faces.finder.FaceFinder` does."""

    def search(self, pixels: RGBImage) -> list[FloatArray]:
        """Look thoroughly: the landmarks, float32 [478, 3], of each face."""

    def look(self, pixels: RGBImage) -> list[FloatArray]:
        """Look where faces of a usual size are, a part of the picture with each call."""

    def look_closer(self, pixels: RGBImage) -> list[FloatArray]:
        """Look where small faces might be, a smaller part of the picture with each call."""

    def close(self) -> None:
        """Free native memory."""


class FaceTracker:
    """Follows the faces of a video. Owned by one thread; `close` it, or use it in a `with` block.

    The ids of people who are lost, or cut away from, are kept for a minute, and given again to who looks like them.

    Args:
        max_faces: the most faces followed; of more, the largest.
        new_follower, finder: what sees faces; opened here by default.

    Attributes:
        begins_shot: whether the latest frame begins a shot: the first, one after a cut, one of another size, or one
            that does not follow within half a second.
    """

    def __init__(
        self,
        max_faces: int = MAX_FACES,
        new_follower: Callable[[], Follower] = FaceFollower,
        finder: Finder | None = None,
    ) -> None:
        self.begins_shot = True
        self._max_faces = max_faces
        self._finder = finder or FaceFinder()
        self._followers = Followers(new_follower)
        self._cuts = SceneCuts()
        self._people: list[KnownFace] = []
        self._next_id = 0
        self._time: Fraction | None = None
        self._looked_at = self._seen_at = Fraction(0)

    @property
    def looks(self) -> Mapping[int, Appearance]:
        """What the people look like who are remembered, by the ids of their tracks."""
        return {person.id: person.appearance for person in self._people}

    def update(self, frame: Frame) -> tuple[FaceTrack, ...]:
        """The faces in the next frame of the video, in the order of their ids.

        Faces that were seen until half a second ago are among them: predicted, with confidence 0.
        """
        pixels, time = frame.pixels, frame.time
        is_cut = self._cuts.is_cut(pixels)
        self.begins_shot = is_cut or self._time is None or not 0 < time - self._time <= _LONGEST_STEP_S
        if self.begins_shot:
            self._begin_shot(time, is_cut=is_cut)
        self._time = time
        faces = self._faces_in(pixels, time)
        people = self._recognise(pixels, faces, time)
        tracks = [person.see(face, time) for person, face in zip(people, faces, strict=True)]
        missing = [person for person in self._present(time) if person not in people]
        places_left = self._max_faces - len(tracks)
        tracks += [person.predict(time) for person in missing[:places_left]]
        self._followers.cover(faces, time)
        self._forget_the_long_lost(time)
        return tuple(sorted(tracks, key=lambda track: track.id))

    def _begin_shot(self, time: Fraction, *, is_cut: bool) -> None:
        self._followers.release_all()
        self._seen_at = time
        for person in self._people:
            person.may_have_stayed = not is_cut and person.seen_at == self._time
            person.is_in_shot = False

    def _faces_in(self, pixels: RGBImage, time: Fraction) -> list[FloatArray]:
        followed = self._followers.follow(pixels, time)
        found = [
            face
            for face in self._find(pixels, time, followed)
            if not any(show_the_same(face, other) for other in followed)
        ]
        # A face followed is not given up for one that is hardly larger.
        sizes = [_PREFERENCE * area_of(box_of(face)) for face in followed] + [area_of(box_of(face)) for face in found]
        largest = sorted(range(len(sizes)), key=lambda index: -sizes[index])[: self._max_faces]
        faces = [*followed, *found]
        if faces:
            self._seen_at = time
        return [faces[index] for index in largest]

    def _find(self, pixels: RGBImage, time: Fraction, followed: Sequence[FloatArray]) -> list[FloatArray]:
        """Look for faces that nobody follows, as thoroughly as there is reason to."""
        if self.begins_shot:
            self._looked_at = time
            return self._finder.search(pixels)
        if self._followers.are_all_idle:
            self._looked_at = time
            found = self._finder.look(pixels)
            if not found and time - self._seen_at > _SEARCHES_AFTER_S:
                found = self._finder.look_closer(pixels)
            return found
        missing = sum(person.is_in_shot and time - person.seen_at < 2 for person in self._people) > len(followed)
        if time - self._looked_at < (_LOOKS_FOR_THE_MISSING_EVERY_S if missing else _LOOKS_EVERY_S):
            return []
        self._looked_at = time
        return self._finder.look(pixels)

    def _recognise(self, pixels: RGBImage, faces: Sequence[FloatArray], time: Fraction) -> list[KnownFace]:
        """Say who each face is; who is nobody known becomes somebody new."""
        present = self._present(time)
        pairs = plain_pairs(
            np.array([[person.distance(face, time) for person in present] for face in faces]).reshape(
                len(faces), len(present)
            ),
            _NEAR,
            _FAR,
        )
        if pairs is not None:
            people = [present[column] for column in pairs]
            for person, face in zip(people, faces, strict=True):
                person.look(pixels, face, time)
            return people
        looks = [Appearance.of(pixels, face) for face in faces]
        costs = [
            [person.cost(face, look, time) for person in self._people] for face, look in zip(faces, looks, strict=True)
        ]
        columns = assign(np.array(costs).reshape(len(faces), len(self._people)), ALONE)
        return [
            self._welcome(pixels, face, time) if column is None else self._people[column]
            for face, column in zip(faces, columns, strict=True)
        ]

    def _present(self, time: Fraction) -> list[KnownFace]:
        """Who was seen in this shot until just now, the latest first."""
        present = [person for person in self._people if person.is_in_shot and time - person.seen_at <= HELD_S]
        return sorted(present, key=lambda person: -person.seen_at)

    def _welcome(self, pixels: RGBImage, face: FloatArray, time: Fraction) -> KnownFace:
        person = KnownFace(self._next_id, pixels, face, time)
        self._next_id += 1
        self._people.append(person)
        return person

    def _forget_the_long_lost(self, time: Fraction) -> None:
        self._people = [person for person in self._people if abs(time - person.seen_at) <= _REMEMBERED_S]
        self._people.sort(key=lambda person: person.seen_at)
        del self._people[:-_MOST_REMEMBERED]

    def close(self) -> None:
        """Free all that sees faces."""
        try:
            self._followers.close()
        finally:
            self._finder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
