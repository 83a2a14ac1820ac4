"""What a run needs of licensing: the desk in practice, files of plants, customs holds."""
