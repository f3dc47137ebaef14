"""The recipe of the bundled French-English sentence embedding model.

Nothing here is imported by the program itself; the package exists so that `python -m training.run` works.
"""
