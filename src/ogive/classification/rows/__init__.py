"""Rows with classes: checked, weighted, kept."""
