"""Pages copied, split, encrypted."""
