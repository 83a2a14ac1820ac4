"""What people and programs read, a folder a paper. Nothing here decides.

It imports everything below `verbs`; its folders share `papers.shared` alone, but for `brief`, which prints others, and
`market`, which reads the outlook.
"""
