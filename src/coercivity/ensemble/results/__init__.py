"""What draws say together: quantiles, chances, convergence, sensitivity, paired differences, control variates.

It imports rows, designs and sets of draws; papers and verbs import it.
"""
