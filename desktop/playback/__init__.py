"""Playing the project: the playhead in motion."""
