"""What draws say together: quantiles, chances, convergence, sensitivity, paired differences, control variates.

It imports sets of draws; papers and verbs import it.
"""
