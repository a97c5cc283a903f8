from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.action_units import AU_NUMBERS
from engine.curves import AUCurves, format_csv, parse_csv, read_csv, write_csv
from engine.errors import ProjectError

OPENFACE = """frame, face_id, timestamp, confidence, success, gaze_0_x, AU01_r, AU12_r, AU28_c, AU12_c
1, 0, 0.000, 0.98, 1, 0.1, 0.50, 1.25, 0.0, 1.0
2, 0, 0.033, 0.97, 1, 0.1, 0.60, 1.50, 0.0, 1.0
3, 0, 0.067, 0.10, 0, 0.1, -nan, nan, 0.0, 0.0
4, 0, 0.100, 0.95, 1, 0.1, 0.70, 5.00, 0.0, 1.0
"""


@st.composite
def performances(draw: st.DrawFn) -> AUCurves:
    count = draw(st.integers(1, 12))
    rate = draw(st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)]))
    first = draw(st.integers(0, 100))
    aus = draw(st.sets(st.sampled_from(AU_NUMBERS), min_size=1))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    return AUCurves(
        tuple((first + row) / rate for row in range(count)),
        rng.uniform(0, 5, (count, 17)).astype(np.float32),
        rng.uniform(0, 1, count).astype(np.float32),
        rng.uniform(size=count) > 0.2,
        tuple(aus),
    ).only(aus)


@given(performance=performances())
def test_what_is_written_is_read_again(performance: AUCurves) -> None:
    read = parse_csv(format_csv(performance))
    if len(performance) > 1:
        assert read.times == performance.times
    assert read.aus == performance.aus
    assert read.success.tolist() == performance.success.tolist()
    np.testing.assert_allclose(read.confidence, performance.confidence, atol=5.1e-4)
    seen = performance.success
    np.testing.assert_allclose(read.values[seen], performance.values[seen], atol=5.1e-5)


def test_openface_files_are_read() -> None:
    performance = parse_csv(OPENFACE)
    assert performance.times == tuple(Fraction(frame, 30) for frame in range(4))
    assert performance.aus == (1, 12)
    assert performance.of(12).tolist() == [1.25, 1.5, 0.0, 5.0]
    assert performance.success.tolist() == [True, True, False, True]
    assert performance.confidence.tolist() == pytest.approx([0.98, 0.97, 0.10, 0.95])


def test_a_film_rate_is_told_from_a_whole_one_by_a_second_of_rounded_times() -> None:
    rate = Fraction(24000, 1001)
    rows = "".join(f"{frame + 1},{float(frame / rate):.3f},1.0\n" for frame in range(60))
    assert parse_csv("frame,timestamp,AU12_r\n" + rows).times[-1] == 59 / rate


def test_other_times_are_kept_as_written() -> None:
    performance = parse_csv("timestamp,AU12_r\n0.5,1\n0.625,1\n2,1\n")
    assert performance.times == (Fraction(1, 2), Fraction(5, 8), Fraction(2))


def test_seconds_without_decimals_are_no_frame_rate() -> None:
    assert parse_csv("timestamp,AU12_r\n0,1\n1,1\n2,1\n").times == (Fraction(0), Fraction(1), Fraction(2))


def test_frames_that_are_left_out_keep_their_times() -> None:
    performance = parse_csv("frame,timestamp,AU12_r\n11,0.333,1\n13,0.400,1\n17,0.533,1\n")
    assert performance.times == (Fraction(10, 30), Fraction(12, 30), Fraction(16, 30))


def test_success_and_confidence_may_be_missing() -> None:
    performance = parse_csv("timestamp,AU12_r\n0,1\n")
    assert performance.success.tolist() == [True]
    assert performance.confidence.tolist() == [1.0]


def test_of_several_faces_the_most_frequent_is_read() -> None:
    text = "face_id,timestamp,AU12_r\n0,0.0,1\n1,0.0,2\n1,0.5,3\n"
    assert parse_csv(text).of(12).tolist() == [2.0, 3.0]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("", "no rows", "OpenFace"),
        ("timestamp,AU12_r\n", "no rows", "OpenFace"),
        ("Timestamp,AU12_r\n0,1\n", 'no column "timestamp"', '"Timestamp"'),
        ("frame,AU12_r\n0,1\n", 'no column "timestamp"', "in seconds"),
        ("timestamp,AU12\n0,1\n", 'column "AU12" is not one', 'Did you mean "AU12_r"'),
        ("timestamp,au1_r,AU12_r\n0,1,1\n", 'column "au1_r" is not one', 'Did you mean "AU01_r"'),
        ("timestamp,AU12_c\n0,1\n", "no column of an action unit", "AU12_r"),
        ("timestamp,AU12_r\n0,1\n0.1,x\n", 'Line 3, column AU12_r: "x" is not a number', "point"),
        ("timestamp,AU12_r\n\n0,\n", "Line 3, column AU12_r: Nothing is not a number", "point"),
        ("timestamp,AU12_r\n0,nan\n", 'Line 2, column AU12_r: "nan"', "point"),
        ("timestamp,AU12_r\n0,5.5\n", "Line 2, column AU12_r: 5.5 is outside 0..5", "Correct"),
        ("timestamp,success,AU12_r\n0,2,1\n", "Line 2, column success: 2 is outside 0..1", "Correct"),
        ("timestamp,AU12_r\n1,1\n0.5,1\n", "Line 3, column timestamp: 0.5 s does not come after 1 s", "Sort"),
        ("timestamp,AU12_r\n0,1,7\n", "Line 2 has 3 values under 2 column names", "commas"),
        ("timestamp;AU12_r\n0;1\n", 'no column "timestamp"', ""),
    ],
)
def test_faults_name_line_and_column(text: str, message: str, remedy: str) -> None:
    with pytest.raises(ProjectError) as raised:
        parse_csv(text)
    assert message in raised.value.message
    assert remedy in raised.value.remedy


@given(
    text=st.text(max_size=60)
    | st.text("0123456789.,-einfa \n_rAU12timestamp", max_size=60).map("timestamp,AU12_r\n".__add__)
)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    with suppress(ProjectError):
        assert len(parse_csv(text)) > 0


def test_files_are_named_in_faults(tmp_path: Path) -> None:
    path = tmp_path / "aus.csv"
    with pytest.raises(ProjectError, match="could not be opened"):
        read_csv(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ProjectError, match="UTF-8"):
        read_csv(path)
    path.write_text("timestamp,AU12_r\n0,x\n")
    with pytest.raises(ProjectError, match=r"aus\.csv: Line 2"):
        read_csv(path)


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "aus.csv"
    path.write_text("timestamp,AU12_r\n0,1\n", "utf-8-sig")
    assert read_csv(path).aus == (12,)


def test_a_file_is_never_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "aus.csv"
    performance = parse_csv(OPENFACE)
    write_csv(performance, path)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        write_csv(performance.delayed(Fraction(1)), path)
    assert path.read_bytes() == before
    write_csv(performance.delayed(Fraction(1)), path, overwrite=True)
    assert read_csv(path).start == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="could not be written"):
        write_csv(parse_csv(OPENFACE), tmp_path / "absent" / "aus.csv")


def test_pictures_can_be_named(tmp_path: Path) -> None:
    performance = parse_csv("timestamp,AU12_r\n0,1\n0.04,2\n")
    text = format_csv(performance, names=["a, b.jpg", "c.jpg"])
    assert text.splitlines() == [
        "frame,timestamp,confidence,success,AU12_r,file_name",
        '1,0.000000,1.000,1,1.0000,"a, b.jpg"',
        "2,0.040000,1.000,1,2.0000,c.jpg",
    ]
    assert parse_csv(text).of(12).tolist() == [1.0, 2.0]
