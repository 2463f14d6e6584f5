"""Pieces and sheets laid out, finished and read back."""
