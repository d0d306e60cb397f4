"""The official publication of a past election: its rows, who stood, and our figures beside them.

Pure: a publication is read from files in `infra/services/official_results`, and replayed there.
"""
