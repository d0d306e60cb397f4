"""What pages for people show beyond the public documents: lists, searches, histories."""
