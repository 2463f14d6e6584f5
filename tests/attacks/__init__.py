"""Attacks on handouts through its command line, as somebody outside would try them."""
