"""Facts that every election shares: the time zone, ids of usual offices, how names are compared."""
