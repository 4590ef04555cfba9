"""The signal core: arrays in, values out."""
