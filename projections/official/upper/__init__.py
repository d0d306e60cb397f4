"""An election of the Upper House as the ministry published it, as the postings of a replay."""
