"""Trying remedies: which changes to try, their training, and the record of what they did."""
