"""Checks of both ends of a network: inputs, last layer and loss, classes."""
