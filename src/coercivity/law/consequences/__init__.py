"""What an answer entails: licensing, procedure, penalties, exposure, and where a clause applies at all.

It imports `law.rules`, `law.engine` and `law.explain`.
"""
