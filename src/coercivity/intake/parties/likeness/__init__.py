"""Names that are only alike: by order, words, letters, sound, initials. What is found here is a question.

It imports the rest of `intake.parties`.
"""
