"""Which terms are on, what they are taken between, and which weights their gradients reach."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from tests.trainer.faces import TINY, drawn_crops
from trainer.config import LossConfig
from trainer.data.batches import Batch, Sampler
from trainer.hardware import Hardware
from trainer.losses.classification import expression_loss, identity_loss
from trainer.losses.perceptual import perceptual_loss
from trainer.losses.reconstruction import change_loss, paired_loss, reconstruction_loss
from trainer.networks.classifiers import IdentityClassifier
from trainer.networks.ensemble import Networks
from trainer.networks.expressors import Generated
from trainer.objectives import Objectives
from trainer.randomness import Draws

OFF = LossConfig(latent_adversarial=0, image_adversarial=0, expression=0, identity=0, perceptual=0, reconstruction=100)
CPU = torch.device("cpu")


class Edges(nn.Module):
    """Stands for VGG19's features: differences of neighbours."""

    def forward(self, images: Tensor) -> Tensor:
        return images[..., 1:] - images[..., :-1]


class Setting:
    """Networks, a batch of two pairs and two lone pictures, and what E and G make of it."""

    def __init__(self, hardware: Hardware) -> None:
        torch.manual_seed(0)
        self.hardware = hardware
        self.networks = Networks(TINY)
        self.identity_classifier = IdentityClassifier(3, TINY.classifier_width).requires_grad_(False)
        self.features = Edges()
        pairs = Sampler(drawn_crops(3, 4), 4, seed=0, paired=True).batch(0, CPU)
        alone = torch.tensor([True, True, False, False])
        self.batch = Batch(
            pairs.before,
            pairs.before,
            pairs.intensities,
            pairs.target,
            torch.where(alone.view(4, 1, 1, 1), pairs.after, pairs.before),
            alone,
            alone * 2.0,
            pairs.identities,
        )
        self.made = Generated(*self.networks.expressor(pairs.before, pairs.before, pairs.intensities, pairs.target))

    def objectives(self, config: LossConfig) -> Objectives:
        return Objectives(
            config,
            self.hardware,
            self.networks,
            self.identity_classifier if config.identity else None,
            self.features if config.perceptual else None,  # type: ignore[arg-type]
        )

    def terms(self, config: LossConfig, step: int = 0) -> dict[str, Tensor]:
        return self.objectives(config).generator_terms(self.batch, self.made, step)


@pytest.fixture
def setting(hardware: Hardware) -> Setting:
    return Setting(hardware)


def change(config: LossConfig, **settings: object) -> LossConfig:
    return LossConfig.model_validate(config.model_dump() | settings)


def test_with_the_papers_weights_all_its_terms_are_on(setting: Setting) -> None:
    assert set(setting.terms(LossConfig())) == {
        "reconstruction",
        "latent_adversarial",
        "image_adversarial",
        "expression",
        "identity",
        "perceptual",
    }


@pytest.mark.parametrize(
    "name", ["latent_adversarial", "image_adversarial", "expression", "identity", "perceptual", "paired", "change"]
)
def test_a_term_is_on_where_it_has_a_weight(setting: Setting, name: str) -> None:
    assert set(setting.terms(OFF)) == {"reconstruction"}
    assert set(setting.terms(change(OFF, **{name: 0.5}))) == {"reconstruction", name}


def test_the_total_is_the_weighted_sum_of_equation_7(setting: Setting) -> None:
    config = LossConfig(paired=3, change=5)
    objectives, terms = setting.objectives(config), setting.terms(config)
    value = {name: float(term.detach()) for name, term in terms.items()}
    expected = (
        value["latent_adversarial"]
        + value["image_adversarial"]
        + 100 * value["expression"]
        + 60 * value["identity"]
        + 20 * value["perceptual"]
        + 100 * value["reconstruction"]
        + 3 * value["paired"]
        + 5 * value["change"]
    )
    assert float(objectives.generator_total(terms).detach()) == pytest.approx(expected, rel=1e-6)


def test_a_perceptual_term_taken_every_third_step_counts_threefold(setting: Setting) -> None:
    config = change(OFF, perceptual=20, perceptual_every=3)
    assert [("perceptual" in setting.terms(config, step)) for step in range(4)] == [True, False, False, True]
    terms = {"perceptual": torch.tensor(0.5), "reconstruction": torch.tensor(2.0)}
    assert float(setting.objectives(config).generator_total(terms)) == 3 * 20 * 0.5 + 100 * 2.0


def test_each_term_compares_what_its_equation_says(setting: Setting) -> None:
    batch, made, networks = setting.batch, setting.made, setting.networks
    terms = setting.terms(LossConfig(paired=1, change=1, paired_emphasis=7))
    pair = batch.has_after
    after, before, edited = batch.after[pair], batch.before[pair], made.edited[pair]
    expected = {
        "reconstruction": reconstruction_loss(made.reconstruction, batch.before),
        "expression": expression_loss(networks.expression_classifier(made.edited), batch.target),
        "identity": identity_loss(setting.identity_classifier(made.edited), batch.identities),
        "perceptual": perceptual_loss(setting.features(made.reconstruction), setting.features(batch.before))
        + perceptual_loss(setting.features(made.edited), setting.features(batch.before)),
        "paired": paired_loss(edited, after, before, 7).mean(),
        "change": change_loss(edited, made.reconstruction[pair], after, before, 7).mean(),
    }
    for name, value in expected.items():
        assert torch.allclose(terms[name], value, rtol=1e-5), name


def test_the_edits_perceptual_reference_may_be_the_true_picture(setting: Setting) -> None:
    batch, made, features = setting.batch, setting.made, setting.features
    terms = setting.terms(change(OFF, perceptual=1, paired=1, perceptual_reference="after"))
    expected = perceptual_loss(features(made.reconstruction), features(batch.before)) + perceptual_loss(
        features(made.edited), features(batch.after)
    )
    assert torch.allclose(terms["perceptual"], expected, rtol=1e-5)


def touched(network: nn.Module) -> bool:
    return any(weights.grad is not None and bool(weights.grad.abs().sum() > 0) for weights in network.parameters())


@pytest.mark.parametrize(
    ("term", "encoder_learns", "generator_learns"),
    [
        ("latent_adversarial", True, False),
        ("image_adversarial", True, True),
        ("expression", True, True),
        ("identity", True, True),
        ("perceptual", True, True),
        ("reconstruction", True, True),
        ("paired", True, True),
        ("change", True, True),
    ],
)
def test_terms_teach_e_and_g_through_the_critics(
    setting: Setting, term: str, encoder_learns: bool, generator_learns: bool
) -> None:
    setting.terms(LossConfig(paired=1, change=1))[term].backward()
    assert touched(setting.networks.expressor.encoder) == encoder_learns
    assert touched(setting.networks.expressor.generator) == generator_learns
    assert not touched(setting.identity_classifier)


CriticLoss = Callable[[Objectives, Setting], Tensor]


@pytest.mark.parametrize(
    ("loss", "learns"),
    [
        (lambda o, s: o.latent_critic(s.made.latents, Draws(torch.Generator())), "latent_discriminator"),
        (lambda o, s: o.image_critic(s.batch, s.made, Draws(torch.Generator())), "image_discriminator"),
        (lambda o, s: o.expression_classifier(s.batch), "expression_classifier"),
    ],
    ids=["D_z", "D_img", "C_exp"],
)
def test_a_critic_learns_alone(setting: Setting, loss: CriticLoss, learns: str) -> None:
    loss(setting.objectives(LossConfig()), setting).backward()
    for name, network in setting.networks.named_children():
        assert touched(network) == (name == learns), name


def test_c_exp_learns_from_real_pictures_only(setting: Setting) -> None:
    loss = setting.objectives(LossConfig()).expression_classifier(setting.batch)
    logits = setting.networks.expression_classifier(setting.batch.before)
    assert torch.allclose(loss, expression_loss(logits, setting.batch.intensities), rtol=1e-5)


@pytest.mark.parametrize("prior", ["normal", "uniform"])
def test_the_prior_has_mean_0_and_variance_1(setting: Setting, prior: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def watch(_network: nn.Module, inputs: tuple[Tensor], _logits: Tensor) -> None:
        drawn.append(inputs[0].detach())

    setting.networks.latent_discriminator.register_forward_hook(watch)
    latents = torch.full((4000, 16), 9.0)
    setting.objectives(change(LossConfig(), latent_prior=prior)).latent_critic(latents, Draws(torch.Generator()))
    real, fake = drawn
    assert torch.equal(fake, latents)
    assert float(real.mean()) == pytest.approx(0, abs=0.02)
    assert float(real.var()) == pytest.approx(1, abs=0.02)
    assert (float(real.abs().max()) <= 3**0.5) == (prior == "uniform")
