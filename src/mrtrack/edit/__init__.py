"""Data to text: changes of a record as splices of its lines, verified; pure: text in, text out."""
