"""The expression at the playhead: a slider for each action unit, and presets."""
