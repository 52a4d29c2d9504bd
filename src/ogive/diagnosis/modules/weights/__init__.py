"""Weights of a module: affine maps, their facts, and the steps of an optimizer."""
