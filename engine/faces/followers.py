"""As many followers as there are faces; idle ones are kept, since opening one takes a tenth of a second."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from engine.faces.follower import Follower
from engine.faces.search import show_the_same
from engine.types import FloatArray, RGBImage

_GIVES_UP_S: Final = Fraction(3, 10)


class Followers:
    """The followers of the faces in one video. Owned by one thread; `close` it.

    Args:
        new_follower: opens one.
    """

    def __init__(self, new_follower: Callable[[], Follower]) -> None:
        self._new_follower = new_follower
        self._idle: list[Follower] = []
        self._seen_at: dict[Follower, Fraction] = {}
        self._faces: dict[Follower, FloatArray] = {}

    @property
    def are_all_idle(self) -> bool:
        """Whether no face is followed, not even one that was missed just now."""
        return not self._seen_at

    def follow(self, pixels: RGBImage, time: Fraction) -> list[FloatArray]:
        """The landmarks of each face followed that is seen in this frame; of two on one face, the later one is let go.

        A follower that has seen nothing for 0.3 s gives up.
        """
        self._faces = {}
        for follower, seen_at in list(self._seen_at.items()):
            face = follower.follow(pixels, time)
            if face is not None and not any(show_the_same(face, other) for other in self._faces.values()):
                self._faces[follower], self._seen_at[follower] = face, time
            elif face is not None or time - seen_at > _GIVES_UP_S:
                self._release(follower)
        return list(self._faces.values())

    def cover(self, faces: Sequence[FloatArray], time: Fraction) -> None:
        """Follow exactly these faces of the frame just seen, besides those missed for a moment.

        Args:
            faces: from `follow`, or found otherwise.
            time: of that frame.
        """
        for follower, face in list(self._faces.items()):
            if not any(face is wanted for wanted in faces):
                self._release(follower)
        followed = list(self._faces.values())
        for face in faces:
            if not any(face is other for other in followed):
                follower = self._idle.pop() if self._idle else self._new_follower()
                follower.aim(face)
                self._seen_at[follower] = time
        self._faces = {}

    def release_all(self) -> None:
        """Follow nobody."""
        for follower in list(self._seen_at):
            self._release(follower)

    def _release(self, follower: Follower) -> None:
        del self._seen_at[follower]
        self._faces.pop(follower, None)
        self._idle.append(follower)

    def close(self) -> None:
        """Free all followers."""
        self.release_all()
        while self._idle:
            self._idle.pop().close()
