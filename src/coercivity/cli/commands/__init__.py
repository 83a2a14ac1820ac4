"""One module a verb; each is imported when its command is used."""
