"""The settings dialog: what is set once and for all. Each page shows preferences and sets them at once."""
