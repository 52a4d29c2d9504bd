"""Scores: their names, direction and scale, and how a fitted model is scored."""
