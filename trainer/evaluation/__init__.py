"""Measures of a finished model, taken on what its user would see: the frames that the pipeline gives back."""
