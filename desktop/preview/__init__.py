"""The picture in the middle: rendered on a thread of its own, shown with zoom, comparison and what was found in it."""
