"""A coalition as one file: read in by the domain functions, written out from their rows."""
