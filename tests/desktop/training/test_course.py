import json

from hypothesis import given
from hypothesis import strategies as st

from desktop.training.course import Course, Record, follow, parse


def start(time: float = 100.0, step: int = 0) -> Record:
    return {"event": "start", "step": step, "time": time, "total_steps": 40, "device": "cuda:0"}


def losses(step: int, time: float, **values: float) -> Record:
    speed = {"images_per_second": 8.0, "seconds_left": 30.0, "memory_bytes": 1024, "learning_rate": 1e-4}
    return {"event": "losses", "step": step, "time": time, **values, **speed}


def test_losses_become_curves_and_speed_does_not() -> None:
    course = follow(Course(), [start(), losses(20, 110, total=5.0), losses(40, 120, total=4.0, perceptual=0.5)])
    assert course.losses == {"total": ((20, 5.0), (40, 4.0)), "perceptual": ((40, 0.5),)}
    assert (course.step, course.total_steps, course.device) == (40, 40, "cuda:0")
    assert (course.images_per_second, course.seconds_left, course.memory_bytes) == (8.0, 30.0, 1024)


def test_figures_samples_checkpoint_and_end() -> None:
    records: list[Record] = [
        start(),
        {"event": "samples", "step": 0, "time": 101, "file": "preview.png"},
        {"event": "figures", "step": 20, "time": 105, "test_l1": 0.2},
        {"event": "checkpoint", "step": 20, "time": 106, "file": "last.pt"},
        {"event": "end", "step": 20, "time": 107, "outcome": "cancelled"},
    ]
    course = follow(Course(), records)
    assert course.figures == {"test_l1": ((20, 0.2),)}
    assert (course.samples, course.checkpoint, course.outcome, course.seconds_left) == (1, 20, "cancelled", 0.0)


def test_time_between_two_calls_is_no_training() -> None:
    first: list[Record] = [start(100), losses(20, 110, total=1), {"event": "end", "step": 20, "time": 112}]
    second: list[Record] = [
        {"event": "preparing", "step": 20, "time": 900, "what": "Aligning faces"},
        start(910, 20),
        losses(40, 918, total=1),
    ]
    assert follow(Course(), [*first, *second]).seconds == 12 + 8


@given(st.lists(st.tuples(st.integers(1, 99), st.floats(0.1, 9)), max_size=30), st.integers(0, 30))
def test_reading_in_parts_is_reading_at_once(values: list[tuple[int, float]], cut: int) -> None:
    records = [start(), *(losses(step, 100.0 + step, total=value) for step, value in values)]
    assert follow(follow(Course(), records[:cut]), records[cut:]) == follow(Course(), records)


def test_what_is_no_record_is_passed_over() -> None:
    lines = ["{", '{"event": "end", "step": "x"}', "[1]", '{"step": 3}', json.dumps(losses(3, 1.0))]
    assert [record["step"] for record in parse(lines)] == [3]
