"""The media edge: seats, signalling and credentials for the video room. Media itself never passes here."""
