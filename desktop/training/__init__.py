"""The training page: it drives `python -m trainer` as a process of its own, which may outlive the window."""
