"""Measuring our own estimators."""
