"""The pages of measures, packages and steps."""
