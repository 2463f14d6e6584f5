"""What a profile asks of a finished file."""
