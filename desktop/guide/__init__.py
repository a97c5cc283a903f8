"""The user guide, docs/guide, in a window of its own: it needs no network."""
