"""The licensing desk: files come in, wait, are decided, returned or refused; licences are used and expire.

It imports `practice`, the modules of `permission` beside it, `law` and `base`.
"""
