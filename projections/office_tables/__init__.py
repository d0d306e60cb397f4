"""Tables as offices publish them: what their headings, rows and moments say, without I/O."""
