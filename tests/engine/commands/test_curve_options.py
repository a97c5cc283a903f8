from fractions import Fraction
from pathlib import Path

import pytest

from engine.commands.curve_options import parse_au_list, parse_factors, parse_neutral, parse_seconds
from engine.errors import EngineError, MediaError, ProjectError


def test_a_neutral_face_is_a_word_a_time_or_a_photo(tmp_path: Path) -> None:
    photo = tmp_path / "rest.jpg"
    photo.touch()
    assert [parse_neutral(text) for text in (None, "auto", "none", "2.5", "0", str(photo))] == [
        None,
        "auto",
        "none",
        Fraction(5, 2),
        Fraction(0),
        photo,
    ]
    with pytest.raises(MediaError, match="is no file"):
        parse_neutral(str(tmp_path / "absent.jpg"))


def test_seconds_are_exact() -> None:
    assert parse_seconds("-0.1", "--delay") == Fraction(-1, 10)
    for text in ("soon", "nan", "inf", "1e30"):
        with pytest.raises(ProjectError, match="not a time in seconds"):
            parse_seconds(text, "--delay")


def test_action_units_are_listed_in_several_ways() -> None:
    assert parse_au_list(["12,6", "AU25", " au45 "]) == [12, 6, 25, 45]
    for text in ("smile", "12;6", ""):
        with pytest.raises(ProjectError, match="not an action unit"):
            parse_au_list([text])
    with pytest.raises(ProjectError, match="AU 13 is not one"):
        parse_au_list(["13"])


def test_factors_belong_to_action_units() -> None:
    assert parse_factors(["12=1.5", "AU6=-1"], "--gain") == {12: 1.5, 6: -1.0}
    for text in ("12", "12=", "12=x", "smile=2", "13=1", "12=nan"):
        with pytest.raises(EngineError):
            parse_factors([text], "--gain")
