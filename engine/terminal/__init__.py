"""What every command line of the project does alike: exit codes, errors, progress bars and JSON output."""
