"""What is compared, on which rows: settings, candidates, target, splits."""
