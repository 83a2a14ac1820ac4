"""The firm: how long it can go on, and how long a licence takes. The law decides each flow, the firm counts days."""
