"""`python -m ui` is the command `gazette`."""

from ui.cli import main

if __name__ == "__main__":
    main()
