"""The words of published documents, read one by one: dates, decisions, statuses, people, countries, money."""
