"""Messages to units about what is due, as Markdown and as drafts of mails."""
