"""Where pictures come from: the project's medium, cameras, and the files that were open lately."""
