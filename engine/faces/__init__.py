"""Faces: where they are, how they are aligned to the networks' crop, and what they express."""
