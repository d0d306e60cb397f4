"""What commands are held against: reports, days and figures that are on record already."""
