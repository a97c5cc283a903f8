"""Everything that can be done by menu, button or key, in one catalogue."""
