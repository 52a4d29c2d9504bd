"""Pairs of classes: votes, duels, cycles, and probabilities from them."""
