"""The command line: options in, exit code out; one module a group of commands."""
