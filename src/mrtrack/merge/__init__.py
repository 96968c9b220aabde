"""Two changes of one record made one: a three-way merge of what they say, by id; pure."""
