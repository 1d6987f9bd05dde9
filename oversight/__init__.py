"""The working parts of Calsan IG Oversight, in the order the water runs."""
