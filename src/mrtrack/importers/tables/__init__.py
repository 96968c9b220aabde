"""Tables with one row a recommendation or an action: reading them, and the mapping from columns to fields."""
