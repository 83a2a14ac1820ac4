"""What the words of a deal in goods name: machines that are described, uses that are not of the magnet trade.

It imports `lexicon` and the pieces of `intake.words`.
"""
