import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.faces.association import assign, plain_pairs

ALONE = 3.0
COSTS = st.tuples(st.integers(0, 4), st.integers(0, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(0, 6) | st.just(np.inf))
)


def total(costs: np.ndarray, columns: tuple[int | None, ...]) -> float:
    return sum(ALONE if column is None else costs[row, column] for row, column in enumerate(columns))


@given(costs=COSTS)
def test_no_assignment_is_cheaper(costs: np.ndarray) -> None:
    found = assign(costs, ALONE)
    rows, columns = costs.shape
    choices = itertools.product([None, *range(columns)], repeat=rows)
    allowed = [c for c in choices if len({x for x in c if x is not None}) == sum(x is not None for x in c)]
    assert tuple(found) in allowed
    assert np.isclose(total(costs, tuple(found)), min(total(costs, c) for c in allowed))


def test_a_dear_pair_is_not_made() -> None:
    assert assign(np.array([[3.5]]), ALONE) == [None]
    assert assign(np.array([[2.5]]), ALONE) == [0]


def test_the_sum_counts_not_the_first_row() -> None:
    assert assign(np.array([[0.1, 0.2], [0.15, 2.5]]), ALONE) == [1, 0]


def test_faces_far_from_each_other_are_plain() -> None:
    assert plain_pairs(np.array([[4.0, 0.1], [0.2, 4.0]]), 0.35, 1.5) == [1, 0]
    assert plain_pairs(np.zeros((0, 0)), 0.35, 1.5) == []


def test_faces_near_each_other_or_unequal_in_number_are_not() -> None:
    assert plain_pairs(np.array([[1.0, 0.1], [0.2, 4.0]]), 0.35, 1.5) is None
    assert plain_pairs(np.array([[0.1, 4.0]]), 0.35, 1.5) is None
    assert plain_pairs(np.array([[4.0]]), 0.35, 1.5) is None
    assert plain_pairs(np.zeros((0, 1)), 0.35, 1.5) is None
