"""Encoded packets by the kind of their stream: PyAV's `Packet` takes a type parameter only in its stubs."""

from typing import TYPE_CHECKING, TypeAlias

from av.packet import Packet

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

    AudioPacket: TypeAlias = Packet[AudioStream]
    VideoPacket: TypeAlias = Packet[VideoStream]
else:
    AudioPacket = VideoPacket = Packet
