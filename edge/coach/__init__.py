"""The coach: facts in, decisions with their reasons out."""
