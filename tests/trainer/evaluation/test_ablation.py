import pytest

from tests.trainer.evaluation.made_up_findings import made_up_findings
from tests.trainer.faces import tiny_config
from trainer.config import LossConfig, TrainingConfig
from trainer.errors import ConfigError
from trainer.evaluation.ablation import FULL, LEFT_OUT, ablation_text, variant_configs


def test_each_variant_lacks_one_term_and_nothing_else() -> None:
    variants = variant_configs(TrainingConfig())
    assert list(variants) == [FULL, "E_wtP", "E_wtI", "E_wtS"]
    for name, weight in LEFT_OUT.items():
        changed = variants[name].losses.model_dump()
        assert changed.pop(weight) == 0
        kept = variants[FULL].losses.model_dump()
        assert kept.pop(weight) > 0
        assert changed == kept
        assert variants[name].schedule == variants[FULL].schedule


def test_a_term_that_is_off_cannot_be_left_out() -> None:
    with pytest.raises(ConfigError, match="perceptual"):
        variant_configs(tiny_config(LossConfig(perceptual=0)))


def test_the_table_has_a_line_for_each_variant() -> None:
    text = ablation_text({FULL: made_up_findings(), "E_wtI": made_up_findings()})
    assert "| E_wtI | identity | 0.250 | 1.000 | 97.5% |" in text
    assert "| E | nothing |" in text
