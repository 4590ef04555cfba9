"""Reports as pages: one self-contained HTML file, drawn from the numbers that commands and screens show."""
