"""Journeys of several people in a real browser, against the real server."""
