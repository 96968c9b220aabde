"""Documents out: text made of records by Jinja templates."""
