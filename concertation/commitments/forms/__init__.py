"""Forms of requirements and contributions, by subject: they check the shape of what was typed, the domain the rest."""
