"""Past general elections of the House as the ministry published them, played again.

A folder of official tables becomes the postings that counting centres, prefectures and the nation
would have sent; what the log makes of them is compared with the tables, figure by figure.
"""
