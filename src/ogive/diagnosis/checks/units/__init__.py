"""Checks of units: dead, saturated, and those that work as a straight line."""
