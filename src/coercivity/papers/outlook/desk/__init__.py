"""The licensing desk in an outlook: what keeps licences scarce, queues of applications, exports by destination.

It imports what `papers.outlook` reads and draws, `papers.shared` and what lies below `papers`.
"""
