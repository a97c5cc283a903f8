import pytest
import torch
from torch import Tensor, nn

from tests.trainer.faces import drawn_crops
from trainer.losses.reconstruction import reconstruction_loss
from trainer.validation import Validation, score

CPU = torch.device("cpu")


class Copier(nn.Module):
    """A network that changes nothing but the brightness."""

    def forward(self, images: Tensor, *expressions: Tensor) -> tuple[Tensor, ...]:
        return torch.zeros(len(images), 1), *(images * 0.9 for _ in expressions)


class Oracle(nn.Module):
    """A network that knows the true pictures by their order."""

    def __init__(self, afters: list[Tensor]) -> None:
        super().__init__()
        self._afters = iter(afters)

    def forward(self, images: Tensor, *_expressions: Tensor) -> tuple[Tensor, ...]:
        return torch.zeros(len(images), 1), images, next(self._afters)


def test_a_perfect_network_has_no_loss() -> None:
    validation = Validation(drawn_crops(4, 4), CPU)
    figures = validation.measure(Oracle([batch.after for batch in validation._batches]))  # type: ignore[arg-type]
    assert figures == pytest.approx(
        {"test_reconstruction": 0, "test_l1": 0, "test_paired_l1": 0, "test_relative_change": 0}, abs=1e-6
    )


def test_a_network_that_changes_nothing_is_useless() -> None:
    crops = drawn_crops(4, 4)
    figures = Validation(crops, CPU).measure(Copier())  # type: ignore[arg-type]
    pictures = torch.from_numpy(crops.crops).permute(0, 3, 1, 2) / 255
    assert figures["test_l1"] == pytest.approx(float(pictures.mean()) * 0.1, rel=1e-4)
    assert figures["test_reconstruction"] == pytest.approx(
        float(reconstruction_loss(pictures * 0.9, pictures)), rel=1e-4
    )
    assert figures["test_relative_change"] == pytest.approx(1)


def test_a_split_without_pairs_has_no_figure_of_edits() -> None:
    figures = Validation(drawn_crops(2, 2, paired=False), CPU).measure(Copier())  # type: ignore[arg-type]
    assert set(figures) == {"test_reconstruction", "test_l1"}


class Classifier(nn.Module):
    """Sees level 2 of every AU wherever it looks."""

    def forward(self, images: Tensor) -> Tensor:
        logits = torch.full((len(images), 17, 6), -100.0)
        logits[:, :, 2] = 100
        return logits


def test_the_classifier_tells_how_far_edits_are_from_what_was_asked_for() -> None:
    validation = Validation(drawn_crops(4, 4), CPU)
    figures = validation.measure(Copier(), Classifier())  # type: ignore[arg-type]
    asked = torch.cat([batch.target for batch in validation._batches])
    assert figures["test_au_error"] == pytest.approx(float((asked - 2).abs().mean()), rel=1e-4)


def test_the_score_is_the_relative_change_or_what_there_is_instead() -> None:
    assert score({"test_relative_change": 0.7, "test_reconstruction": 9, "test_au_error": 9}) == 0.7
    assert score({"test_reconstruction": 0.2, "test_au_error": 1.0}) == pytest.approx(0.4)
    assert score({"test_reconstruction": 0.2}) == 0.2
