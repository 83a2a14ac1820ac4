"""Free text to statements: what a sentence, an order line or an e-mail says about a deal, word by word.

It imports `base`, `data`, `law.rules`, and `goods` and `composition` of `intake`.
"""
