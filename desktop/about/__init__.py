"""About the program: version, system, licences, and whom the models are owed to."""
