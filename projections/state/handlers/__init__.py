"""What each event does to the state: one function per event, no I/O, no clock."""
