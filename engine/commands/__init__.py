"""The program's commands, one module each, and the application that finds them."""
