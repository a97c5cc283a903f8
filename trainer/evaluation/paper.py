"""What the paper reports, on RaFD: other pictures, and people of whom its network has seen some in training."""

from typing import Final

AU_SQUARED_ERROR: Final = 0.24
AU_CORRELATION: Final = 0.66
VERIFICATION: Final = 0.9704
NOTE: Final = (
    "The paper's figures are from another dataset (RaFD, intensities by OpenFace). They stand here for orientation; "
    "they are no measurement of these pictures."
)
