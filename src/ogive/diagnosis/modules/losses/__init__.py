"""The loss of a module, and which activation it applies last."""
