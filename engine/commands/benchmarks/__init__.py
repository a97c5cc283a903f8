"""What `bench` measures: an export, a live session, and one backend against another."""
