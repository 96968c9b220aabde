"""The records as files that other programs open: tables, workbooks, calendars, databases."""
