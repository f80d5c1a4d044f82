"""`python -m namndata`."""

from namndata.cli import main

if __name__ == "__main__":
    main()
