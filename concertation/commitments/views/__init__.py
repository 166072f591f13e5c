"""Pages of requirements and contributions, by subject."""
