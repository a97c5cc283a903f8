import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ProjectError
from engine.project.json_text import child_path, format_json, parse_json

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_values_survive_bit_by_bit(value: object) -> None:
    data = format_json(value)
    assert parse_json(data) == value
    assert format_json(parse_json(data)) == data


def test_the_written_form() -> None:
    assert format_json({"b": [1.0], "a": "é"}) == '{\n  "a": "é",\n  "b": [\n    1.0\n  ]\n}\n'.encode()


def test_a_byte_order_mark_is_let_pass() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1,\n  "b" 2}', "Line 2, column 7"),
        ('{"a": 1', "Line 1, column 8"),
        ("{} {}", "Line 1, column 4"),
        ("{'a': 1}", "Line 1, column 2"),
        ('{"a":\n [1,\n   +2]}', "Line 3, column 4"),
    ],
)
def test_broken_json_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(ProjectError, match=place):
        parse_json(text.encode())


def test_text_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(ProjectError, match="Line 2 is not UTF-8"):
        parse_json('{"a": 1,\n "b": "é"}'.encode("latin-1"))


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    with pytest.raises(ProjectError, match="empty"):
        parse_json(data)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"a": 1, "a": 1}', "$.a"),
        ('{"x": [0, {"a b": 1, "a b": 2}]}', '$.x[1]["a b"]'),
        ('{"x": {"y": {}}, "x": {"y": {"z": 1, "z": 2}}}', "$.x"),
        ('{"x": {"y": {"z": 1, "z": 2}}, "x": 0}', "$.x"),
    ],
)
def test_a_duplicate_key_is_refused_with_its_path(text: str, path: str) -> None:
    with pytest.raises(ProjectError) as caught:
        parse_json(text.encode())
    assert caught.value.message == f"{path} is given twice."


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000])
def test_what_would_exhaust_the_parser_is_refused(data: bytes) -> None:
    with pytest.raises(ProjectError, match="thousands of digits"):
        parse_json(data)


def test_numbers_that_are_not_finite_are_left_to_the_schema() -> None:
    document = parse_json(b"[NaN, Infinity, -Infinity, 1e999]")
    assert isinstance(document, list)
    assert [math.isfinite(value) for value in document] == [False] * 4
    with pytest.raises(ValueError, match="Out of range"):
        format_json(document)


@pytest.mark.parametrize(("key", "path"), [("AU12", "$.AU12"), (3, "$[3]"), ("a b", '$["a b"]'), ("", '$[""]')])
def test_paths(key: str | int, path: str) -> None:
    assert child_path("$", key) == path
