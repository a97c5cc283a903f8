"""The live page: a camera or a file with changed expressions, while it happens."""
