"""The registers that head office keeps beside staff, training and incidents.

Each module here knows some kinds of record and gives their lines (`lines(ground)`),
each from its first day to its last. What a file of a day holds follows from them.
"""
