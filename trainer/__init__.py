"""The trainer: from labelled faces to a measured model bundle. Run it with `python -m trainer`."""
