"""Which deals a text describes beyond its first: sentences of their own, goods that are only sent to be worked on."""
