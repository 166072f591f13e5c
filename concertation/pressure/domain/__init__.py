"""What can be done to measures, packages, statements and steps."""
