"""Everything that can be done with a meeting, one function an act."""
