"""The losses of the paper, one module an equation."""
