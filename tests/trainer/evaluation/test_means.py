from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.evaluation.made_up_findings import made_up_findings
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.controls import STEPS, Responses
from trainer.evaluation.means import mean_of_present, told
from trainer.evaluation.plots import plot_agreement
from trainer.evaluation.report import blurred_levels


def test_what_is_not_there_has_no_part_in_a_mean() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan]])
    assert mean_of_present(values, axis=0).tolist()[0] == 2
    assert np.isnan(mean_of_present(values, axis=0)[1])
    assert float(mean_of_present(values)) == 2
    assert told(float("nan"), ".2f") == "–"
    assert told(0.256, ".2f") == "0.26"


def test_edits_without_a_face_have_no_figures_and_cause_no_warning() -> None:
    blind = np.full((4, 17), np.nan, np.float32)
    agreement = Agreement.between(blind, np.zeros((4, 17), np.float32))
    assert agreement.count == 0
    assert np.isnan(agreement.mean_squared_error)
    assert np.isnan(agreement.mean_correlation)
    responses = Responses(np.full((17, len(STEPS), 2, 17), np.nan, np.float32))
    assert np.isnan(responses.off_target).all()
    assert not responses.monotone.any()
    plot_agreement({"network": agreement}, agreement)


def test_one_face_without_expressions_is_left_out() -> None:
    estimates = np.stack([np.full(17, np.nan), np.ones(17), np.full(17, 3.0)]).astype(np.float32)
    agreement = Agreement.between(estimates, np.zeros((3, 17), np.float32))
    assert agreement.count == 2
    assert agreement.mean_squared_error == pytest.approx(5)


def test_levels_whose_edits_mostly_show_no_face_are_told() -> None:
    findings = made_up_findings()
    assert blurred_levels(findings) == {}
    part = next(iter(findings.expression.values()))
    blurred = replace(findings, edits=2 * part.count + 1)
    assert blurred_levels(blurred)["network"] == part.count + 1
