"""The management review: planned, frozen, decided on, signed and kept."""
