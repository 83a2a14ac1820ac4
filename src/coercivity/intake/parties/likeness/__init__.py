"""Names that are only similar: by order, words, letters, sound, initials. A match found here is a question.

It imports the rest of `intake.parties`.
"""
