"""Files from outside are read, recognised and judged, away from the store."""
