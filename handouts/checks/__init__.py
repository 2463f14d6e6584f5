"""Checks on content: what may be printed, and what a reader can follow."""
