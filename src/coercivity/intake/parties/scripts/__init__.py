"""Scripts and their readings: kana, pinyin, Wade-Giles, and characters that look alike.

It imports `base` and `intake.parties.names`.
"""
