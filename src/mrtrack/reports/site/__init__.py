"""A static site of the records: pages that need no server and no network, and the files that belong to them."""
