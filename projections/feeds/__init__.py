"""The public feed, as pure functions of the fold: addresses, bytes, formats. No I/O, no clock."""
