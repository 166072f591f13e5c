"""What a reader sees of the situation, by subject."""
