"""Documents that people sign and read: made of records by templates, as Markdown, HTML, Word and PDF."""
