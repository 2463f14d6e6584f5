"""Drawings: pictures made from data, in the clinic's colours."""
