from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from desktop.preview.view_port import LARGEST, SMALLEST, ViewPort

PORT = ViewPort(QSizeF(400, 300), QSizeF(200, 100))
POINTS = st.builds(QPointF, st.floats(0, 400), st.floats(0, 300))


def near(first: QPointF, second: QPointF) -> bool:
    return (first - second).manhattanLength() < 1e-6


def test_a_picture_fits_at_first_and_stands_in_the_middle() -> None:
    assert PORT.scale == 2
    assert (PORT.rect.left(), PORT.rect.top(), PORT.rect.width(), PORT.rect.height()) == (0, 50, 400, 200)


@given(point=POINTS, factor=st.floats(0.2, 5))
def test_zooming_keeps_what_is_under_the_pointer(point: QPointF, factor: float) -> None:
    zoomed = PORT.zoomed(factor, point)
    assert near(zoomed.to_area(PORT.to_picture(point)), point)
    assert abs(zoomed.scale - 2 * factor) < 1e-9


@given(point=POINTS)
def test_both_ways_agree(point: QPointF) -> None:
    port = PORT.at_zoom(1).moved(QPointF(10, -5))
    assert near(port.to_area(port.to_picture(point)), point)


def test_dragging_moves_the_picture_by_as_much() -> None:
    port = PORT.at_zoom(4)
    assert near(port.moved(QPointF(12, 8)).to_area(QPointF(50, 50)), port.to_area(QPointF(50, 50)) + QPointF(12, 8))


def test_what_fits_cannot_be_dragged_and_zoom_has_limits() -> None:
    assert PORT.moved(QPointF(50, 50)) == PORT
    assert PORT.zoomed(1e9, QPointF(0, 0)).scale == LARGEST
    assert PORT.zoomed(1e-9, QPointF(0, 0)).scale == SMALLEST
    assert PORT.at_zoom(4).fitted() == PORT
