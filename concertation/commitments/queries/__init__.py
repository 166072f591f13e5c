"""What a reader sees of requirements and contributions, by subject."""
