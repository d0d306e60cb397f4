"""Tables written in the layout in which they are read: figures on record in an office's form."""
