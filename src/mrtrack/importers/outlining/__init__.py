"""From a page to what it says: headings, labels and tables, read into drafts."""
