"""What mean-field theory predicts of signals and gradients in wide networks."""
