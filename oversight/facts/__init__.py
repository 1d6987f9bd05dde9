"""Rows become facts as known: which stand on a day, and counts kept ready of them."""
