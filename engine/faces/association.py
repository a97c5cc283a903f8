"""Which of the faces in a frame continues which track: the assignment of least total cost."""

import numpy as np
from numpy.typing import NDArray


def assign(costs: NDArray[np.float64], alone: float) -> list[int | None]:
    """Give each row at most one column and each column at most one row, at the least sum of costs.

    A row without a column costs `alone`, so no pair that is dearer is made. Meant for a handful of rows: the search is
    exact, by branch and bound.

    Args:
        costs: [rows, columns]; infinite where a pair is out of the question.
        alone: the cost of a row without a column.

    Returns:
        The column of each row, None where it has none.
    """
    choices = [
        [*sorted((float(cost), column) for column, cost in enumerate(row) if cost < alone), (alone, None)]
        for row in costs
    ]
    bounds = np.append(np.cumsum([row[0][0] for row in choices][::-1])[::-1], 0.0)
    best: list[int | None] = [None] * len(choices)
    best_cost = alone * len(choices) + 1.0

    def extend(chosen: tuple[int | None, ...], cost: float) -> None:
        nonlocal best_cost, best
        row = len(chosen)
        if cost + bounds[row] >= best_cost:
            return
        if row == len(choices):
            best_cost, best = cost, list(chosen)
            return
        for price, column in choices[row]:
            if column is None or column not in chosen:
                extend((*chosen, column), cost + price)

    extend((), 0.0)
    return best


def plain_pairs(distances: NDArray[np.float64], near: float, far: float) -> list[int] | None:
    """The column of each row where there is no doubt: each has one partner nearer than `near`, all others are far.

    Args:
        distances: [rows, columns].
        near, far: bounds of doubt; a distance between them makes the whole case doubtful.

    Returns:
        None where there is doubt, a row or a column without a partner included.
    """
    close = distances < near
    if distances.shape[0] != distances.shape[1] or (~close & (distances < far)).any():
        return None
    if not ((close.sum(axis=0) == 1).all() and (close.sum(axis=1) == 1).all()):
        return None
    return [int(column) for column in close.argmax(axis=1)] if len(distances) else []
