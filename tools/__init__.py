"""Programs for people who work on Concertation."""
