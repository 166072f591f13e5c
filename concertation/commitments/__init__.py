"""What members promise, what arrives, what is missing, and the plan that follows from it."""
