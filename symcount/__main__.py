"""`python -m symcount`: the same as the command."""

from symcount.cli import main

if __name__ == "__main__":
    main()
