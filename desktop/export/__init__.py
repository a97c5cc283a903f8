"""Exports: what to write, and the queue that writes it while editing goes on."""
