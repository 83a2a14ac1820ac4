"""What a thing is made of, as far as a text or a table says it."""
