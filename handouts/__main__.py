"""Lets ``python -m handouts`` do what ``handouts`` does."""

from handouts.cli import main

if __name__ == "__main__":
    main()
