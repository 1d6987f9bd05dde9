"""Readings -> a status, a signal and the sentence to read first."""
