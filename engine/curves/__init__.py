"""Action units over time: curves from a file or from a face, sampled at exact times and simplified into keyframes."""

from engine.curves.au_curves import AUCurves
from engine.curves.comparison import best_lag, correlations
from engine.curves.csv_files import format_csv, parse_csv, read_csv, write_csv
from engine.curves.simplification import KeyframeShape, simplified_track, simplified_tracks

__all__ = [
    "AUCurves",
    "KeyframeShape",
    "best_lag",
    "correlations",
    "format_csv",
    "parse_csv",
    "read_csv",
    "simplified_track",
    "simplified_tracks",
    "write_csv",
]
