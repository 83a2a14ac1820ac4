"""What is answered on several jurisdictions over HTTP.

It imports `verbs`, `base` and the rest of `http`.
"""
