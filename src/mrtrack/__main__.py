"""The `mrtrack` program, also as `python -m mrtrack`."""

import gc

_STARTING = 50_000


def main() -> None:
    """Run the command line. What is loaded at the start stays, so that there is little garbage to look for."""
    gc.set_threshold(_STARTING)
    from mrtrack.cli.main import main as command_line  # noqa: PLC0415 - it loads the rest

    command_line()


if __name__ == "__main__":
    main()
