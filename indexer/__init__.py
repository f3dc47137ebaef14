"""Files in, passages in the store."""
