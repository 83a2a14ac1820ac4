"""What traders report: times, shares, queues, papers, fines seen. It changes no outcome.

It imports `law.rules`, `data` and `base`; nothing that makes an outcome imports it.
"""
