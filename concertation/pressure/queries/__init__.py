"""Measures and steps as a reader sees them."""
