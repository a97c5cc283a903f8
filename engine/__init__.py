"""The engine: everything that turns frames into frames. It knows no Qt."""
