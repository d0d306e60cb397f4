"""The report after the election (結果調): every table as data, nothing of how it is drawn.

Tables are read off the fold in one go, at its position. Which tables an election has follows from
the kinds of its contests (`catalogue`); a table knows its columns, what a cell is, which rows sum
others up, and what has to be said under it.
"""
