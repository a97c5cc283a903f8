"""The desktop application: windows, panels and the timeline. It shows and steers the engine and holds no numerics."""
