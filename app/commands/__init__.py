"""One module per command; each has `add_parser(subcommands)` and a function that returns the exit code."""
