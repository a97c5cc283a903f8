"""From a clip of one person to a model of that person, in one go."""
