"""Checks of gradients: vanishing, exploding, and what initial weights make of them."""
