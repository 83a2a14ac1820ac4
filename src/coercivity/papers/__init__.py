"""Papers: what leaves the program to be read by people or by other programs. It decides nothing."""
