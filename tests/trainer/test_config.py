import pytest
from pydantic import ValidationError

from trainer.config import LossConfig, ModelConfig, RunConfig, ScheduleConfig, TrainingConfig


def test_the_defaults_are_the_papers() -> None:
    losses, schedule = LossConfig(), ScheduleConfig()
    weights = (losses.expression, losses.identity, losses.perceptual, losses.reconstruction, losses.gradient_penalty)
    assert weights == (100, 60, 20, 100, 20)
    assert (losses.latent_adversarial, losses.image_adversarial, losses.paired) == (1, 1, 0)
    assert (schedule.epochs, schedule.batch_size, schedule.decay_from) == (400, 8, 0.5)
    assert (schedule.learning_rate, schedule.classifier_learning_rate) == (1e-4, 2e-4)
    assert ModelConfig().encoder_channels == (16, 32, 64, 128, 256)
    assert len(ModelConfig().generator_channels) == 7  # the first map and six blocks


@pytest.mark.parametrize(
    ("section", "settings", "fault"),
    [
        (ModelConfig, {"generator_channels": (16, 16)}, "needs 7 numbers to end at 128 pixels"),
        (ModelConfig, {"encoder_channels": (8,) * 8}, "every one halves the 128 pixels"),
        (LossConfig, {"perceptual_every": 0}, "greater than 0"),
        (
            LossConfig,
            {
                "latent_adversarial": 0,
                "image_adversarial": 0,
                "expression": 0,
                "identity": 0,
                "reconstruction": 0,
                "perceptual_every": 2,
            },
            "give reconstruction a weight",
        ),
        (LossConfig, {"perceptual_reference": "after"}, "give paired or change a weight"),
        (LossConfig, {"reconstruction": float("inf")}, "finite"),
        (TrainingConfig, {"run": {"devices": 3, "nodes": 2}}, "multiple of run.devices x run.nodes, 6"),
        (RunConfig, {"seed": -1}, "greater than or equal to 0"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    section: type[TrainingConfig], settings: dict[str, object], fault: str
) -> None:
    with pytest.raises(ValidationError, match=fault):
        section.model_validate(settings)


def test_a_training_on_the_perceptual_term_alone_is_possible_where_it_is_always_taken() -> None:
    off = dict.fromkeys(("latent_adversarial", "image_adversarial", "expression", "identity", "reconstruction"), 0)
    assert LossConfig.model_validate(off).perceptual == 20
