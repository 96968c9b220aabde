"""Let `python -m mrtrack` do what the `mrtrack` command does."""

from mrtrack.cli.main import main

if __name__ == "__main__":
    main()
