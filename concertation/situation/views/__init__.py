"""Pages of what the coalition watches, by subject."""
