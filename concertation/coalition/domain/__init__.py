"""Everything that can be done to a coalition, one function an act."""
