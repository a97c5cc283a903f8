import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.randomness import array_generator, tensor_generator

CPU = torch.device("cpu")
seeds = st.integers(0, 2**40)


@given(seeds, st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_place_always_draws_the_same_and_no_other_place_does(seed: int, place: int, other: int) -> None:
    def draws(*where: int) -> tuple[list[float], list[float]]:
        tensor = torch.rand(4, generator=tensor_generator(CPU, seed, *where)).tolist()
        return tensor, array_generator(seed, *where).random(4).tolist()

    assert draws(place, other) == draws(place, other)
    assert all(a != b for a, b in zip(draws(place, 0), draws(place, 1), strict=True))
    if place != other:
        assert all(a != b for a, b in zip(draws(place, other), draws(other, place), strict=True))
