"""The result in words and in the cells of a table, in English and Chinese."""
