"""From the words of a trade document to the facts that they plainly state."""
