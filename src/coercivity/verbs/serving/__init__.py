"""What a server needs, whatever its skin: uploads, jobs in processes of their own, refusals, what may be sent.

It imports the other `verbs` and what lies below them; of the web framework only requests, forms and its error.
"""
