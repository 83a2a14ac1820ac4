"""What an answer entails: licensing, procedure, penalties, exposure, and where a clause applies at all.

It imports `law.rules` and `law.engine`.
"""
