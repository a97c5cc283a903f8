"""Checks of the machine, the packages, the backends and the files that the program needs."""
