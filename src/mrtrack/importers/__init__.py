"""Documents in: what institutions publish, turned into records with an account of every line."""
