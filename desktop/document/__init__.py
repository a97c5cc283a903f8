"""The project under edit: one immutable project, its history, its file, and how it is looked at."""
