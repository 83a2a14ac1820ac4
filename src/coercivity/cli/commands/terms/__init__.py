"""Commands that look something up: facts, terms of the glossary, what words are read as.

It imports `verbs`, `base` and, of `cli`, options and output.
"""
