"""Expressions to choose from, shown on the face that is open."""
