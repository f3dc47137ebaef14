"""Question in, cited answer out: the Python API of Gazette."""
