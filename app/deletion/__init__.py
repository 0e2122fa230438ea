"""Plans: what is marked, frozen, with the fewest steps to ask for it."""
