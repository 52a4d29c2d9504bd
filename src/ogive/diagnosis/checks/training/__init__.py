"""Checks of the training: its steps, its curves, and numbers that are not finite."""
