"""What is required and contributed as files: tables, IATI, briefs. Nothing here reads the database."""
