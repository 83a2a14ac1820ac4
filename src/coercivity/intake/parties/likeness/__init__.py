"""Names that are only alike: by order, words, letters, sound, initials. What is found here is a question.

It imports `intake.parties.scripts` and what lies below `intake`.
"""
