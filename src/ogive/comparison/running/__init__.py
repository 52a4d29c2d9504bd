"""Doing the experiment: its fits cut into tasks, here or on other machines."""
