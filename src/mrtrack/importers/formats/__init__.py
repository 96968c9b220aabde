"""Readers of file formats: bytes in, a page of lines and tables out; what the words mean is not for them."""
