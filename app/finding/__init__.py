"""Which interactions, and which of them are the children's, with reasons."""
