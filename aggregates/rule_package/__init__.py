"""What the law says of each kind of contest, as data with dates: rule packages.

A package is one value: rows of kinds, each in force from a polling day on. A log names the package
it is decided under in its first entry, and holds it there; a log that names none is decided under
the one in `japan`. Nothing outside this folder knows a kind of contest by its id.
"""
