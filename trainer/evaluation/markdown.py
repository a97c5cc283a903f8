"""The findings of an evaluation as text, for report.md."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from engine.action_units import AU_DESCRIPTIONS, AU_NUMBERS
from trainer.evaluation import paper
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.geometry import MOVEMENTS, STILLNESS_LIMIT
from trainer.evaluation.means import mean_of_present, told
from trainer.evaluation.movement import FaceReport, counts_passed
from trainer.evaluation.report import Findings
from trainer.evaluation.truth import COPY

_LEVELS_EXPLAINED: Final = {
    "network": "the picture that E and G make of the aligned crop",
    "detail": "the frame as the compositor's detail mode returns it",
    "replace": "the frame as the compositor's replace mode returns it",
}


def findings_text(findings: Findings) -> str:
    """All sections about the findings, Markdown."""
    sections = (
        _introduction(findings),
        _expression(findings),
        _verification(findings),
        _reconstruction(findings),
        _truth(findings),
        _controls(findings),
        _smoothness(findings),
    )
    return "\n".join(section for section in sections if section)


def movement_text(reports: Sequence[FaceReport]) -> str:
    """Section about what `animate` does to the neutral photos, Markdown."""
    passed, still = counts_passed(reports)
    rows = [
        (name, movement.requirement, _percent_or_gap(name, reports), f"{passed[name]}/{len(reports)}")
        for name, movement in MOVEMENTS.items()
    ]
    limit = f"< {STILLNESS_LIMIT:.0%}"
    rows.append(("neutral preset on a neutral photo", limit, _largest_change(reports), f"{still}/{len(reports)}"))
    return (
        "## What `animate` moves\n\n"
        f"{len(reports)} neutral photos, animated through the whole pipeline; landmarks measured on the results.\n\n"
        + table(("measure", "required", "mean", "passed"), rows)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _introduction(findings: Findings) -> str:
    levels = "".join(f"- **{level}**: {_LEVELS_EXPLAINED[level]}\n" for level in findings.expression)
    return (
        f"{findings.people} people of the test split, {findings.sources} pictures of them as sources, none of them "
        "seen in training. Sources have the expressions that the dataset's labels say. Edits are looked at as\n\n"
        f"{levels}\n{paper.NOTE}\n"
    )


def _expression(findings: Findings) -> str:
    parts = findings.expression
    head = ("", *(f"{level} MSE | {level} PCC" for level in parts), "limit MSE", "limit PCC", "paper MSE", "paper PCC")
    head = tuple(cell for name in head for cell in name.split(" | "))
    columns = [*parts.values(), findings.estimator]
    rows = [
        (
            f"AU{number} {AU_DESCRIPTIONS[number]}",
            *(
                cell
                for part in columns
                for cell in (told(part.squared_error[index], ".2f"), told(part.correlation[index], ".2f"))
            ),
            "",
            "",
        )
        for index, number in enumerate(AU_NUMBERS)
    ]
    means = (cell for part in columns for cell in _means(part))
    rows.append(("**mean**", *means, f"*{paper.AU_SQUARED_ERROR}*", f"*{paper.AU_CORRELATION}*"))
    lost = {level: findings.edits - part.count for level, part in parts.items()}
    without = ", ".join(f"{count} of {level}" for level, count in lost.items() if count)
    return (
        "## Expressions asked for (Table 1)\n\n"
        f"{findings.edits:,} edits; targets are real intensity vectors of the training split. Intensities are "
        "estimated anew from landmarks, with the person's face at rest as reference where the data has one, by a "
        "network that had no part in the training. `limit` is that estimator on the unedited pictures, against their "
        f"labels: perfect edits would reach it.{f' No face was found in {without} edits.' if without else ''}\n\n"
        f"{table(head, rows)}\n![Agreement of each action unit](expression.png)\n"
    )


def _verification(findings: Findings) -> str:
    real = findings.real_pairs
    if real is None:
        return ""
    kind = "real photos" if real.photographs else "pictures of the test split"
    rows = [("Real", f"{real.accuracy:.2%}", "", f"*{paper.VERIFICATION:.2%}* (edits)")]
    rows += [
        (level, f"{part.accepted:.2%}", f"{part.mean_cosine:.3f}", "") for level, part in findings.verification.items()
    ]
    return (
        "## The same person (Table 2)\n\n"
        f"The threshold, cosine {real.threshold:.3f}, is that of the equal error rate of {real.same:,} pairs of one "
        f"person and {real.different:,} of two, all {kind}; `Real` is the accuracy there. The other rows are the "
        "share of edits taken for the person of their source.\n\n"
        + table(("", "accepted", "mean cosine", "paper"), rows)
    )


def _reconstruction(findings: Findings) -> str:
    part = findings.reconstruction
    psnr = f"{part.psnr_db:.1f} dB" if np.isfinite(part.psnr_db) else "∞"
    rows = [(f"{part.l1:.4f}", psnr, f"{part.ms_ssim:.3f}")]
    return (
        "## Reconstruction\n\nThe network's picture under the source's own expression, against the source.\n\n"
        + table(("L1 (of 0..1)", "PSNR", "MS-SSIM"), rows)
    )


def _truth(findings: Findings) -> str:
    if not findings.truth:
        return ""
    base = findings.truth[COPY]
    rows = [
        (name, f"{part.l1:.4f}", f"{part.l1 / base.l1:.2f}", f"{part.ms_ssim:.3f}")
        for name, part in findings.truth.items()
    ]
    return (
        "## Against true pictures\n\n"
        f"{findings.pairs} pairs of one group: the same person in the same pose, before and after. L1 inside the "
        "face's outline, MS-SSIM in the box around it; below 1, the L1 is better than leaving the source as it is.\n\n"
        + table(("", "L1 (of 0..1)", "of copying", "MS-SSIM"), rows)
    )


def _controls(findings: Findings) -> str:
    levels = findings.controls
    head = ("", *(f"{level} {name}" for level in levels for name in ("slope", "off-target", "monotone")))
    rows = [
        (
            f"AU{number} {AU_DESCRIPTIONS[number]}",
            *(
                cell
                for part in levels.values()
                for cell in (
                    told(part.slopes[index, index], ".2f"),
                    told(part.off_target[index], ".2f"),
                    "yes" if part.monotone[index] else "no",
                )
            ),
        )
        for index, number in enumerate(AU_NUMBERS)
    ]
    summary = (
        cell
        for part in levels.values()
        for cell in (
            told(np.diag(part.slopes).mean(), ".2f"),
            told(part.off_target.mean(), ".2f"),
            f"{int(part.monotone.sum())} of {len(AU_NUMBERS)}",
        )
    )
    rows.append(("**mean**", *summary))
    maps = "".join(f"\n![Cross-talk, {level}](cross_talk_{level}.png)\n" for level in levels)
    return (
        "## Control of single action units\n\n"
        "Each is swept from 0 to 5 on a face at rest, all others are 0. Slope: rise of its own estimate for a rise "
        "by 1. Off-target: how far the other 16 estimates move from 0 to 5, mean of absolute values; an open jaw parts "
        "the lips, so some of it is right. Monotone: the estimate, averaged over people, rises by 0.25 or more "
        "and falls at no step.\n\n"
        f"{table(head, rows)}\n![Response of each action unit](responses.png)\n{maps}"
    )


def _smoothness(findings: Findings) -> str:
    rows = [
        (
            level,
            told(part.largest_step, ".2f"),
            told(part.landmark_roughness, ".3f") + " %",
            f"{part.picture_roughness:.4f}",
        )
        for level, part in findings.smoothness.items()
    ]
    return (
        "## Smoothness\n\n"
        "α rises from 0 to 1 in equal steps. Largest step: of the landmarks, relative to their mean step, 1 is even. "
        "Roughness: mean absolute second difference, of landmarks in per cent of the crop, of pixels of 0..1.\n\n"
        + table(("", "largest step", "landmark roughness", "pixel roughness"), rows)
    )


def _means(agreement: Agreement) -> tuple[str, str]:
    figures = agreement.mean_squared_error, agreement.mean_correlation
    return f"**{told(figures[0], '.3f')}**", f"**{told(figures[1], '.3f')}**"


def _percent_or_gap(name: str, reports: Sequence[FaceReport]) -> str:
    mean = float(mean_of_present(np.array([report.changes[name] for report in reports])))
    return told(mean, "+.3f" if "gap" in name else "+.1%")


def _largest_change(reports: Sequence[FaceReport]) -> str:
    largest = [max(map(abs, report.stillness.values())) for report in reports if report.stillness]
    return f"{np.mean(largest):.1%}" if largest else "–"
