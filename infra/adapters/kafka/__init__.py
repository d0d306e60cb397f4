"""The log carried outward by Apache Kafka: relay, read nodes, partner topic.

Kafka only carries. The order, and that nothing is there twice, come from the positions that
PostgreSQL gave; every reader here restores the order by position.
"""
