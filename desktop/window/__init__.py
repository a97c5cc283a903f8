"""The main window: its pages, its docks, its menus, and what opens and closes projects."""
