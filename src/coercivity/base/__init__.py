"""Foundations that know nothing of law or markets: errors, days, truth, exact numbers, hashing, words.

It imports no other part of the program.
"""
