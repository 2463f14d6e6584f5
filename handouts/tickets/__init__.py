"""Pages for whoever prints."""
