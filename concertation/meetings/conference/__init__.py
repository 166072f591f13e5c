"""The list of requirements in a meeting: what was pledged, how the chair walked through it, and what came of it."""
