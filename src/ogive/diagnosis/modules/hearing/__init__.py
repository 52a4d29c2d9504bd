"""What happens in a forward pass: activations heard, where, and their statistics."""
