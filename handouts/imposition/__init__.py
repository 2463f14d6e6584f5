"""Imposition: which page lies where on which sheet, as plain data. Nothing is drawn here."""
