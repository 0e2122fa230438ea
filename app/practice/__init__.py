"""A made-up household whose archives everything can be tried on."""
