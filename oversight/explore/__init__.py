"""A reader's own questions: composed, answered, saved, sent on, or asked in SQL."""
