"""The version of this software, as installed."""

VERSION = "0.1.0"
