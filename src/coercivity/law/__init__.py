"""The law as dated data: instruments, status on two clocks, conditions, decisions and their proofs."""
