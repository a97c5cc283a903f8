"""From a user's own footage to a labelled dataset: prepare, sort out, split, label."""
