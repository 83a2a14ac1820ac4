"""The screen `clock`: the chain of a licence application from signature to arrival, and the last day to sign.

It imports verbs and base.
"""
