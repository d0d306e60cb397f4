"""What is done for kafka-python from outside: per module its upstream issue, and when it goes.

Nothing else touches what the library does not document. `CHECKED` is the version all this was read
against; `tests/unit/infra/adapters/kafka/test_patches.py` fails when another one is installed, so
that each piece is looked at again.
"""

CHECKED = "3.0.12"
