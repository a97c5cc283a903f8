"""Whose faces are edited: chosen in the picture or by a rule, at rest when they say so, and where the edit shows."""
