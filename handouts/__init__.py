"""Print-ready patient handouts for a dry-needling clinic."""

__version__ = "0.1.0"
