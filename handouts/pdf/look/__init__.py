"""A finished file, read back, drawn and measured."""
