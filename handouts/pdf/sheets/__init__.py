"""Pages on larger sheets."""
