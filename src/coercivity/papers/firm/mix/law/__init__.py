"""What the law says of each option of a mix: its sections, as plain data, and grade by grade.

It imports what `papers.firm.mix` imports.
"""
