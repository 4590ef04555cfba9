"""One file a screen; each turns a view into pieces and asks the desk for what is touched."""
