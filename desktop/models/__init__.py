"""Models: those that come with the program and those that were added, what their cards say, and what they run on."""
