"""Who looked at whose records: rules, patterns by person, and the queue of them."""
