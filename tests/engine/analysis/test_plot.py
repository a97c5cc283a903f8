from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.analysis.plot import plot_curves, plot_photos, write_plot
from engine.curves import AUCurves
from engine.errors import MediaError


@pytest.fixture(scope="module")
def curves() -> AUCurves:
    """Two seconds in which AU12 and AU4 move and all others rest, 10 frames without a face."""
    times = tuple(Fraction(frame, 25) for frame in range(50))
    values = np.zeros((50, 17), np.float32)
    values[:, 8] = np.linspace(0, 4, 50)
    values[:, 2] = 1.0
    success = np.ones(50, np.bool_)
    success[20:30] = False
    return AUCurves(times, values, success=success)


def labels(texts: list[str]) -> list[str]:
    return [text for text in texts if text.startswith("AU")]


def test_the_active_aus_are_drawn_and_the_others_named(curves: AUCurves) -> None:
    figure = plot_curves({"clip": curves}, "A clip")
    assert labels([axes.texts[0].get_text() for axes in figure.axes]) == ["AU4", "AU12"]
    notes = [text.get_text() for text in figure.texts]
    assert "A clip" in notes
    assert any("AU1, AU2" in note and "AU12" not in note for note in notes)


def test_every_au_can_be_drawn(curves: AUCurves) -> None:
    assert len(plot_curves({"clip": curves}, "", every_au=True).axes) == 17


def test_frames_without_a_face_leave_a_gap(curves: AUCurves) -> None:
    axes = plot_curves({"clip": curves}, "").axes[0]
    drawn = np.asarray(axes.lines[0].get_ydata(), np.float64)
    assert np.isnan(drawn[20:30]).all()
    assert not np.isnan(drawn[:20]).any()


def test_several_performances_are_told_apart(curves: AUCurves) -> None:
    axes = plot_curves({"driver": curves, "result": curves.delayed(Fraction(1, 10))}, "").axes[0]
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["driver", "result"]
    assert len(axes.lines) == 2


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_plots_are_written_in_the_format_of_their_ending(curves: AUCurves, tmp_path: Path, suffix: str) -> None:
    starts = {".png": b"\x89PNG", ".svg": b"<?xml"}
    path = tmp_path / f"curves{suffix}"
    write_plot(plot_photos(curves.only((4, 12)).resampled(curves.times[18:22]), ["a", "b", "c", "d"], ""), path)
    assert path.read_bytes().startswith(starts[suffix])


def test_photos_are_rows_and_those_without_a_face_say_so(curves: AUCurves) -> None:
    rows = curves.resampled(curves.times[18:22])
    figure = plot_photos(rows, ["a.jpg", "b.jpg", "c.jpg", "a_name_that_is_far_too_long_to_show.jpg"], "")
    [axes] = figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("no face found") == 2
    assert texts.count("1.0") == 2
    assert [label.get_text() for label in axes.get_yticklabels()][:3] == ["a.jpg", "b.jpg", "c.jpg"]


def test_other_endings_and_existing_files_are_refused(curves: AUCurves, tmp_path: Path) -> None:
    figure = plot_photos(curves.resampled(curves.times[:1]), ["a"], "")
    with pytest.raises(MediaError, match="does not end like a plot"):
        write_plot(figure, tmp_path / "curves.txt")
    path = tmp_path / "curves.svg"
    path.write_text("mine")
    with pytest.raises(MediaError, match="exists already"):
        write_plot(figure, path)
    assert path.read_text() == "mine"
