"""Everything that can be done to a text, one function an act."""
