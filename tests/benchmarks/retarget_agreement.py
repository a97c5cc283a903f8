"""How well a retargeted face follows its driver: correlations of the two faces' estimated action units.

    python tests/benchmarks/retarget_agreement.py [--model eggan-128] [--mode relative] [--neutral auto] [--plot FILE]

A clip drives the demo portrait through the pipeline; the frames that come out are read by the estimator as any video's
are. With `--neutral auto`, each of the two faces is measured from its own calmest frames; with a time in seconds, both
are measured from that moment. The asked curves tell what part of a difference lies before the networks.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from engine.action_units import AUVector  # noqa: E402
from engine.analysis import Neutral, observe, read_expressions  # noqa: E402
from engine.analysis.plot import plot_curves, write_plot  # noqa: E402
from engine.controls import Controls, DriverMode  # noqa: E402
from engine.curves import AUCurves, best_lag, correlations  # noqa: E402
from engine.faces.expression import ExpressionEstimator  # noqa: E402
from engine.faces.landmarker import FaceLandmarker  # noqa: E402
from engine.pipeline import PipelineSettings, open_pipeline  # noqa: E402
from engine.retargeting import PerformingStill, read_performance  # noqa: E402
from engine.types import Frame  # noqa: E402

AUS: Final = (12, 25, 26, 45, 1, 4)
ASKED: Final = 0.8
_BATCH: Final = 8


def main() -> None:
    """Measure, print and, if asked, draw."""
    options = _options()
    neutral: Neutral = "auto" if options.neutral == "auto" else Fraction(options.neutral)
    performance = read_performance(options.driver, neutral)
    plan = performance.plan(Controls(driver_mode=options.mode))
    still = PerformingStill(options.portrait, performance)
    asked: list[AUVector] = []

    def rendered() -> Iterator[Frame]:
        frames = list(still)
        settings = PipelineSettings(options.model, compositing=options.compositing)
        with open_pipeline(settings, "image") as pipeline:
            for start in range(0, len(frames), _BATCH):
                for result in pipeline.process(frames[start : start + _BATCH], plan):
                    asked.append(result.target or AUVector.neutral())
                    yield result.frame

    with FaceLandmarker("video") as landmarker:
        seen = observe(rendered(), landmarker, lambda done: print(f"\r{done}", end="", file=sys.stderr))
    result = read_expressions(seen, ExpressionEstimator(), neutral, smoothing=1.0)
    wanted = AUCurves(seen.times, np.stack([vector.values for vector in asked]))
    driver = performance.curves.delayed(-performance.curves.start)
    pairs = {"driver_result": (driver, result), "driver_asked": (driver, wanted), "asked_result": (wanted, result)}
    table = {
        f"AU{number}": {name: _rounded(correlations(*pair, [number])[number]) for name, pair in pairs.items()}
        for number in AUS
    }
    lag = best_lag(driver, result)
    print(
        json.dumps(
            {
                "model": options.model,
                "mode": str(options.mode),
                "neutral": options.neutral,
                "lag_s": float(lag),
                "correlations": table,
                "reached": [name for name, row in table.items() if (row["driver_result"] or 0) >= ASKED],
            },
            indent=2,
        )
    )
    if options.plot is not None:
        figure = plot_curves({"driver": driver, "asked": wanted, "result": result}, "Driver, asked and result")
        write_plot(figure, options.plot, overwrite=True)


def _rounded(correlation: float | None) -> float | None:
    return None if correlation is None else round(correlation, 3)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = ROOT.parent / "shared" / "media" / "pexels_woman_crying_to_laughing.mp4"
    parser.add_argument("--driver", type=Path, default=shared)
    parser.add_argument("--portrait", type=Path, default=ROOT / "assets" / "demo" / "astronaut.jpg")
    parser.add_argument("--model", default=PipelineSettings().model)
    parser.add_argument("--compositing", default="detail")
    parser.add_argument("--mode", type=DriverMode, choices=list(DriverMode), default=DriverMode.RELATIVE)
    parser.add_argument("--neutral", default="auto", help="seconds at which the driver is at rest, or auto")
    parser.add_argument("--plot", type=Path, default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
