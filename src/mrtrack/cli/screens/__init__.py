"""What a person sees in the terminal: each screen is laid out for its width and says the same without colour."""
