"""The commands of `kaihyo`, one module each."""
