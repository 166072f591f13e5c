"""English as diplomats write it: day before month, twenty-four hours."""
