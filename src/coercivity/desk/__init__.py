"""One deal or a file of deals: gather facts, decide, explain."""
