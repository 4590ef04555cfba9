"""Activity files: FIT, GPX, TCX in, recordings out."""
