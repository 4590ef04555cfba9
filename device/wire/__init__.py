"""Wire formats, one module per profile, no I/O."""
