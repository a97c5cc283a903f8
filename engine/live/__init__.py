"""Frames in real time: from a camera or a file to a preview, a virtual camera and a recording."""

from engine.live.clock import Clock, MonotonicClock
from engine.live.events import EventKind, LiveEvent
from engine.live.frames import LiveFrame
from engine.live.inputs import CameraInput, FileInput, LiveInput, input_named
from engine.live.recorder import RecordingSettings
from engine.live.session import LiveSession
from engine.live.statistics import LiveStatistics

__all__ = [
    "CameraInput",
    "Clock",
    "EventKind",
    "FileInput",
    "LiveEvent",
    "LiveFrame",
    "LiveInput",
    "LiveSession",
    "LiveStatistics",
    "MonotonicClock",
    "RecordingSettings",
    "input_named",
]
