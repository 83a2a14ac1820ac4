"""Reports, summaries, report data and tables, one folder per kind. Nothing is decided here.

It imports everything below `verbs`; its folders share `papers.shared` alone, but for `brief`, which prints others, and
`market`, which reads the outlook.
"""
