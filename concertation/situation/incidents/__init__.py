"""Incidents: their words, who may do what, and what follows from their facts (the modules without Django)."""
