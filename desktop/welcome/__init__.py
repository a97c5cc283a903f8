"""The start page: what the program does, the ways to begin, what was open lately, and the note on consent."""
