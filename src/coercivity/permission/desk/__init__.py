"""The licensing desk: files come in, wait, are decided, returned or refused; licences are used and expire."""
