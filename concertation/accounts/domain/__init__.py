"""Everything that can be done to a person's account, one function an act."""
