"""What a thing is made of, as far as a text or a table says it.

It imports `base`, `data` and `law.rules`, no other folder of `intake`.
"""
