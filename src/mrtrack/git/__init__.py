"""What mrtrack asks of git, through the git program."""

from mrtrack.git.commits import commit, content_at_head, files_at, resolve, top, user_name
from mrtrack.git.program import GitError

__all__ = ["GitError", "commit", "content_at_head", "files_at", "resolve", "top", "user_name"]
