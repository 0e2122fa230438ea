"""A later look against a plan."""
