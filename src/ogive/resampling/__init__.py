"""Splitting rows again and again, and what scores over such splits say."""
