"""Output codes: code books, their quality, and how answers are decoded."""
