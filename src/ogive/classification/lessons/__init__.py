"""What a class is shown: rows explained, the line, both labellings, the table of single layers."""
