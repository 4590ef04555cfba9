"""Bytes to samples: wire formats, links, files."""
