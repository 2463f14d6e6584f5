"""Runs of many sheets: each layout is laid out once, each person's words are put in its slots."""
