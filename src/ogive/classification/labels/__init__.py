"""Labels: what classes a target holds, and matrices of labels."""
