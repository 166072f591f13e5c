"""From rows to a problem of the solver and back: what is planned, how it is stored, how it reads, and who solves it."""
