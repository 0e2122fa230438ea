"""The review page: find, hear and decide."""
