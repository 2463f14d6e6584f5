"""Composing: models to HTML and CSS."""
