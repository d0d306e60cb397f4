"""The electoral law as pure functions: each rule cites the article it carries out.

POEA is 公職選挙法 (Public Offices Election Act); 95-2(3)(i) reads 第95条の2第3項第1号. Votes are
integer thousandths of a vote unless a name says whole; ratios and quotients are compared as exact
fractions. Where the law asks for a lot (くじ), nothing here draws one: `lots.DrawLots` says between
whom people have to draw.
"""
