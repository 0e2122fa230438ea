"""Earshot: see what the home's voice assistants kept of the children, have it deleted, and check that it is gone."""

__version__ = "0.1.0"
