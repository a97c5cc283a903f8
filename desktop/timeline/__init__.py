"""The timeline: tracks of action units over time, their keyframes and curves."""
