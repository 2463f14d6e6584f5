"""Jobs: the only rooms that know the whole way from content to file."""
