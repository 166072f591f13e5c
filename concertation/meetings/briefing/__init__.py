"""The briefing book: all that one delegate may read of what a meeting is about, made in the background as a file."""
