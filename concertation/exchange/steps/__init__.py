"""The steps of loading, each by the domain functions of its app; each can be run again and then does nothing."""
