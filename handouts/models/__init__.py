"""The frozen models: what a clinic writes in content.yaml, typed."""
