"""The cover, the nerve map and the treated places."""
