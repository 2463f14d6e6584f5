"""Whatever touches the engine's private parts."""
