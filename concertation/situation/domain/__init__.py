"""What can be done to conditions."""
