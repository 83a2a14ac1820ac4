"""The figures of docs/methods.md: each is a picture, the table beside it, and the command that makes both."""
