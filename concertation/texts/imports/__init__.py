"""Word documents as drafts: bytes from anybody go in, plain values come out. Nothing here is saved."""
