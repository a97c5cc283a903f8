"""What a user asks of a face: sliders, gains, presets, keyframes and a driver, as one immutable value."""

from engine.controls.controls import Controls, DriverMode
from engine.controls.driving import DrivenPlan, DriverExpression, DriverPlan
from engine.controls.easing import EasedControls, MixedControls

__all__ = ["Controls", "DrivenPlan", "DriverExpression", "DriverMode", "DriverPlan", "EasedControls", "MixedControls"]
