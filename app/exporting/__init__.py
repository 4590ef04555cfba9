"""What leaves the house: sessions for a watch, the coming days for a calendar, runs and the whole diary for others."""
