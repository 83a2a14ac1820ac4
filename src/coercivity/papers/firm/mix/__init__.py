"""The best mix of a firm as plain data and as text.

It imports `firm.mix`, `papers.shared` and the sections of `papers.firm`.
"""
