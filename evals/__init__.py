"""Golden sets, metrics and the gate."""
