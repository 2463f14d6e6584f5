"""Whatever touches the layout engine's private parts, a module a subject.

Each says why, for which version it was written and what could go upstream; and for each there
is a test that fails when the engine changes underneath.
"""
