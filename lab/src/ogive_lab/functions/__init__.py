"""Activation functions as the page is told of them."""
