"""Where passages, events and texts are kept: one seam, two engines."""
