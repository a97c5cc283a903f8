"""What the options of commands that write pictures mean: how large, what beside, how disclosed."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from engine.media import Disclosure, Encoding, Speed, VideoCodec
from engine.media.encoding import DEFAULT_QUALITY

SizeOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--size",
        help="The largest size of the picture: original, 1080p, 720p, or a box such as 1280x720. The shape is kept, "
        "and nothing is enlarged.",
    ),
]
CodecOption: TypeAlias = Annotated[
    VideoCodec | None, typer.Option("--codec", help="Video codec; by default the format's usual one.")
]
QualityOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--quality", min=0, max=100, help="Video quality on one scale for all codecs; by default 70."),
]
SideBySideFlag: TypeAlias = Annotated[
    bool, typer.Option("--side-by-side", help="Show the original to the left of the result.")
]
BesideOption: TypeAlias = Annotated[
    Path | None, typer.Option("--beside", help="A second output to write: original and result side by side.")
]
AiTagFlag: TypeAlias = Annotated[
    bool, typer.Option("--ai-tag/--no-ai-tag", help="Whether the metadata say that the output is AI-edited.")
]
AiMarkFlag: TypeAlias = Annotated[
    bool, typer.Option("--ai-mark/--no-ai-mark", help="Whether the words AI-edited stand in the picture's corner.")
]


def encoding(codec: VideoCodec | None, quality: int | None, speed: Speed = Speed.BALANCED) -> Encoding:
    """What `--codec` and `--quality` ask for."""
    return Encoding(codec, DEFAULT_QUALITY if quality is None else quality, speed)


def disclosure(*, ai_tag: bool, ai_mark: bool) -> Disclosure:
    """What `--ai-tag` and `--ai-mark` ask for."""
    return Disclosure(ai_tag, ai_mark)
