"""Remedies to propose: what to change, for our estimators and for PyTorch."""
