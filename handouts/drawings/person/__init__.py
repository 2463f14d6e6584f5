"""Figures: drawings of a person doing an exercise, made from pose data."""
