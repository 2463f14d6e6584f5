"""Rosters: a table with one person a row, read into prescriptions, a row at a time.

A table (:mod:`~handouts.intake.roster.tables`) gives rows of text; its header says what each column
means (:mod:`~handouts.intake.roster.columns`); each row becomes a prescription or its findings
(:mod:`~handouts.intake.roster.read`). Rows that failed are written to be mended
(:mod:`~handouts.intake.roster.failed`). No message repeats what a cell holds.
"""
