"""The HTML report on a diagnosis: its page, figures and texts."""
