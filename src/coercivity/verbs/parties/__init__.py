"""The commands about parties: names screened and judged, lists given out, ownership assessed.

It imports `verbs` beside it and the packages below `verbs`.
"""
