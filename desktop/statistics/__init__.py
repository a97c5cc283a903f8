"""How long a frame takes, stage by stage, and on what."""
