"""What a fit lets one infer, and what the rows show before it."""
