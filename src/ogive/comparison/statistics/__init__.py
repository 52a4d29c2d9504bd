"""What the scores of a comparison say, and how surely."""
