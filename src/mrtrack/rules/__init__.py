"""The rules of `mrtrack check`: questions about records, pure, one module a family."""
