"""Text to data, with the position of every key and value; pure: bytes in, values out."""
