"""The arithmetic of signals: plain functions over numbers, no I/O."""
