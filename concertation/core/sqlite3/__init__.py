"""Django's SQLite database, with connections that are kept for the next request (`base.py`)."""
