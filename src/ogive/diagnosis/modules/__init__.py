"""Measuring PyTorch modules."""
