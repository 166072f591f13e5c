"""Forms about measures: they check the shape of what was typed, the domain functions the rest."""
