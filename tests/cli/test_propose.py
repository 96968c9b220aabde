"""`mrtrack propose`, against a real remote: from a change to a branch that waits for its pull request."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from proposed import SAMPLE, published, update

from conftest import Run, git

BRANCH = f"{SAMPLE}-2-1-completed"
RECORD = f"records/{SAMPLE}.yaml"


@pytest.fixture
def remote(folder: Path, mrtrack: Run) -> Path:
    """The bare remote of the clone that is entered."""
    return published(folder, mrtrack)


def heads(remote: Path) -> list[str]:
    return git("-C", str(remote), "for-each-ref", "--format=%(refname:short)", "refs/heads/").split()


def merge(*options: str) -> None:
    """Merge the current branch at the remote, as a reviewer does there, and stay on it here."""
    branch = git("branch", "--show-current").strip()
    git("switch", "--quiet", "main")
    git("merge", "--quiet", *options, branch)
    if "--squash" in options:
        git("commit", "--quiet", "--message", "Merged as one")
    git("push", "--quiet", "origin", "main")
    git("switch", "--quiet", branch)


def seem(address: str, remote: Path) -> None:
    """Let the remote lie at an address that ssh is asked for, whose far side is the folder."""
    far_side = remote.parent / "far-side"
    far_side.write_text(f'#!/bin/sh\nfor last; do :; done\nexec ${{last%% *}} "{remote}"\n', encoding="utf-8")
    far_side.chmod(0o755)
    git("config", "core.sshCommand", str(far_side))
    git("config", "ssh.variant", "simple")
    git("remote", "set-url", "origin", address)


def test_a_change_becomes_a_branch_a_commit_and_a_push(remote: Path, mrtrack: Run) -> None:
    update(mrtrack, "completed", "--comment", "All forty are done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    assert heads(remote) == [BRANCH, "main"]
    assert git("branch", "--show-current").strip() == BRANCH
    message = git("-C", str(remote), "log", "--max-count=1", "--format=%B", BRANCH)
    assert message.startswith(f"{SAMPLE}: 2.1 completed\n\n")
    assert "2.1 completed (was initiated)" in message
    assert git("diff", "--name-only", "main", BRANCH).split() == [RECORD]
    assert git("status", "--porcelain") == ""
    assert git("rev-parse", "main") == git("rev-parse", "origin/main")
    assert "git switch main leads back" in told.err


def test_a_dry_run_tells_all_and_does_nothing(remote: Path, mrtrack: Run) -> None:
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    before = git("status", "--porcelain"), git("rev-parse", "HEAD")
    told = mrtrack("propose", "--dry-run")
    assert told.code == 0
    for part in (BRANCH, RECORD, f"{SAMPLE}: 2.1 completed", "2.1 completed (was initiated)"):
        assert part in told.out
    assert (git("status", "--porcelain"), git("rev-parse", "HEAD")) == before
    assert heads(remote) == git("branch", "--format=%(refname:short)").split() == ["main"]


def test_a_second_change_is_added_to_the_branch_with_a_message_of_its_own(remote: Path, mrtrack: Run) -> None:
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    mrtrack("propose", "wells")
    mrtrack("respond", f"{SAMPLE}:2", "accepted", "--comment", "The budget was found", "--by", "Director")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    assert heads(remote) == ["main", "wells"]
    last = git("-C", str(remote), "log", "--max-count=1", "--format=%B", "wells")
    assert "accepted" in last
    assert "completed (was" not in last
    assert "leads back" not in told.err


def test_only_records_and_settings_are_committed_and_the_rest_is_named(
    remote: Path, folder: Path, mrtrack: Run
) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "records" / "scan.pdf").write_bytes(b"%PDF")
    with (folder / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("mine\n")
    with (folder / "mrtrack.toml").open("a", encoding="utf-8") as settings:
        settings.write("# ours\n")
    git("add", "notes.txt")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    assert git("diff", "--name-only", "main", "HEAD").split() == ["mrtrack.toml", RECORD]
    assert "mrtrack.toml is changed as well." in git("log", "--max-count=1", "--format=%B")
    for name in ("notes.txt", "README.md", "records/scan.pdf"):
        assert name in told.err
    assert sorted(git("status", "--porcelain").splitlines()) == [
        " M README.md",
        "?? records/scan.pdf",
        "A  notes.txt",
    ]
    assert remote.exists()


@pytest.mark.usefixtures("remote")
def test_without_a_change_there_is_nothing_to_propose(folder: Path, mrtrack: Run) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    told = mrtrack("propose")
    assert (told.code, told.out) == (1, "")
    assert "nothing to propose" in told.err
    assert git("branch", "--format=%(refname:short)").split() == ["main"]


@pytest.mark.usefixtures("remote")
def test_a_record_with_errors_is_not_proposed(folder: Path, mrtrack: Run) -> None:
    with (folder / RECORD).open("a", encoding="utf-8") as record:
        record.write("colour: blue\n")
    told = mrtrack("propose")
    assert told.code == 1
    assert f"{RECORD}:" in told.err
    assert "colour" in told.err
    assert git("branch", "--format=%(refname:short)").split() == ["main"]


@pytest.mark.usefixtures("remote")
def test_a_rewritten_history_is_not_proposed(folder: Path, mrtrack: Run) -> None:
    record = folder / RECORD
    text = record.read_text("utf-8")
    record.write_text(text.replace("The last of the forty agreements", "Nearly all agreements"), "utf-8")
    assert mrtrack("check").code == 0
    told = mrtrack("propose")
    assert told.code == 1
    assert "2024-12-09" in told.err
    assert git("branch", "--format=%(refname:short)").split() == ["main"]


def test_without_a_remote_the_commit_is_made_and_what_is_missing_is_said(folder: Path, mrtrack: Run) -> None:
    mrtrack("init")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin")
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose")
    assert told.code == 0
    assert "git remote add origin" in told.err
    assert git("status", "--porcelain") == ""
    git("init", "--quiet", "--bare", str(folder.parent / "later.git"))
    git("remote", "add", "origin", str(folder.parent / "later.git"))
    assert mrtrack("propose").code == 0
    assert heads(folder.parent / "later.git") == [git("branch", "--show-current").strip()]
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    assert "git push --set-upstream origin main" in mrtrack("propose").err


def test_before_the_first_commit_it_says_to_make_one(folder: Path, mrtrack: Run) -> None:
    mrtrack("init")
    told = mrtrack("propose")
    assert told.code == 1
    assert "nothing is committed yet" in told.err
    assert folder.exists()


def test_a_branch_name_that_is_taken_gets_a_number(remote: Path, mrtrack: Run) -> None:
    git("branch", "wells")
    git("push", "--quiet", "origin", "main:wells-2")
    git("fetch", "--quiet")
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    assert mrtrack("propose", "wells").code == 0
    assert heads(remote) == ["main", "wells-2", "wells-3"]


@pytest.mark.usefixtures("remote")
@pytest.mark.parametrize("name", ["--force", "a b", "a..b", "x.lock", "/a", "a\nb", ".a", "a~1", "@"])
def test_what_cannot_name_a_branch_is_refused_before_anything_is_done(name: str, mrtrack: Run) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose", "--", name)
    assert told.code == 1
    assert "cannot be the name of a branch" in told.err
    assert git("branch", "--format=%(refname:short)").split() == ["main"]


def test_a_name_is_refused_on_a_branch_of_another_name(remote: Path, mrtrack: Run) -> None:
    git("switch", "--quiet", "--create", "mine")
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose", "wells")
    assert told.code == 1
    assert "you are on the branch mine" in told.err
    assert mrtrack("propose").code == 0
    assert heads(remote) == ["main", "mine"]


def test_a_hook_that_refuses_leaves_everything_as_it_was(remote: Path, folder: Path, mrtrack: Run) -> None:
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not today' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose")
    assert told.code == 1
    assert "not today" in told.err
    assert git("branch", "--format=%(refname:short)").split() == ["main"]
    assert git("diff", "--name-only", "HEAD").split() == [RECORD]
    assert heads(remote) == ["main"]


def test_a_push_that_is_refused_is_told_and_can_be_tried_again(remote: Path, mrtrack: Run) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'error: the shop is closed' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose", "wells")
    assert told.code == 1
    assert "the shop is closed" in told.err
    assert "mrtrack propose tries again" in told.err
    hook.unlink()
    assert mrtrack("propose").code == 0
    assert heads(remote) == ["main", "wells"]


def test_what_others_added_to_the_branch_is_not_overwritten(remote: Path, folder: Path, mrtrack: Run) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    mrtrack("propose", "wells")
    other = folder.parent / "other"
    git("clone", "--quiet", "--branch", "wells", str(remote), str(other))
    git("-C", str(other), "commit", "--quiet", "--allow-empty", "--message", "From a colleague")
    git("-C", str(other), "push", "--quiet")
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 1
    assert "git pull --rebase origin wells" in told.err
    assert git("-C", str(remote), "log", "--max-count=1", "--format=%s", "wells") == "From a colleague\n"


def test_the_address_opens_the_pull_request_with_its_text(remote: Path, mrtrack: Run) -> None:
    seem("ssh://officer:secret@github.com/agency/records.git", remote)
    update(mrtrack, "completed", "--comment", "All forty are done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    parts = urlsplit(told.out.strip())
    assert parts.hostname == "github.com"
    assert parts.path == f"/agency/records/compare/main...{BRANCH}"
    asked = parse_qs(parts.query)
    assert asked["title"] == [f"{SAMPLE}: 2.1 completed"]
    assert "completed" in asked["body"][0]
    assert "secret" not in told.out + told.err


def test_gitlab_is_asked_to_make_the_merge_request_and_its_address_is_told(
    remote: Path, mrtrack: Run
) -> None:
    seem("git@gitlab.agency.org:unit/records.git", remote)
    git("-C", str(remote), "config", "receive.advertisePushOptions", "true")
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nset | grep '^GIT_PUSH_OPTION_[0-9]' > options\n"
        "echo '  https://gitlab.agency.org/unit/records/-/merge_requests/7' >&2\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    update(mrtrack, "completed", "--comment", "All forty are done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    options = (remote / "options").read_text("utf-8")
    for option in (
        "merge_request.create",
        f"merge_request.title={SAMPLE}: 2.1 completed",
        "merge_request.target=main",
    ):
        assert f"='{option}'" in options
    assert told.out == "https://gitlab.agency.org/unit/records/-/merge_requests/7\n"


def test_a_gitlab_that_takes_no_options_gets_the_push_alone(remote: Path, mrtrack: Run) -> None:
    seem("ssh://git@gitlab.agency.org/unit/records.git", remote)
    update(mrtrack, "completed", "--comment", "All forty are done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    assert heads(remote) == [BRANCH, "main"]
    assert told.out.startswith("https://gitlab.agency.org/unit/records/-/merge_requests/new?")


def test_a_host_of_unknown_kind_is_known_by_what_it_prints(remote: Path, mrtrack: Run) -> None:
    seem("git@git.agency.org:unit/records.git", remote)
    hook = remote / "hooks" / "post-receive"
    hook.write_text(
        "#!/bin/sh\necho 'Create a new pull request:' >&2\n"
        "echo '  https://git.agency.org/unit/records/compare/main...x' >&2\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    update(mrtrack, "completed", "--comment", "All forty are done", "--document", "https://example.org/r")
    told = mrtrack("propose")
    assert told.code == 0, told.err
    start = f"https://git.agency.org/unit/records/compare/main...{BRANCH}?expand=1&title="
    assert told.out.startswith(start)


@pytest.mark.usefixtures("remote")
@pytest.mark.parametrize("options", [("--no-ff", "--no-edit"), ("--ff-only",), ("--squash",)])
def test_the_list_tells_what_became_of_each_branch(options: tuple[str, ...], mrtrack: Run) -> None:
    git("branch", "not-proposed")
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    mrtrack("propose", "first")
    assert "first  pushed, not merged yet" in mrtrack("propose", "--list").out
    merge(*options)
    git("switch", "--quiet", "main")
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    mrtrack("propose", "second")
    told = mrtrack("propose", "--list")
    assert told.code == 0
    assert "first  merged" in told.out
    assert "second  pushed, not merged yet" in told.out
    assert "not-proposed" not in told.out
    git("push", "--quiet", "origin", "--delete", "second")
    assert "second  not pushed" in mrtrack("propose", "--list").out


@pytest.mark.usefixtures("remote")
def test_the_list_is_told_from_memory_where_the_remote_does_not_answer(folder: Path, mrtrack: Run) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    mrtrack("propose", "first")
    git("remote", "set-url", "origin", str(folder.parent / "gone.git"))
    told = mrtrack("propose", "--list")
    assert told.code == 0
    assert "does not answer" in told.err
    assert "first  pushed, not merged yet" in told.out


@pytest.mark.parametrize("options", [("--no-ff", "--no-edit"), ("--squash",)])
def test_after_its_branch_was_merged_the_next_change_gets_a_new_one(
    remote: Path, options: tuple[str, ...], mrtrack: Run
) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    mrtrack("propose", "first")
    merge(*options)
    git("fetch", "--quiet")
    update(mrtrack, "completed", "--comment", "Done", "--document", "https://example.org/r")
    told = mrtrack("propose", "second")
    assert told.code == 0, told.err
    assert heads(remote) == ["first", "main", "second"]
    assert git("rev-list", "--count", "origin/main..second").strip() == "1"


def test_a_merge_that_is_not_finished_comes_first(remote: Path, folder: Path, mrtrack: Run) -> None:
    readme = folder / "README.md"
    git("switch", "--quiet", "--create", "other")
    readme.write_text("one\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "One")
    git("switch", "--quiet", "main")
    readme.write_text("two\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Two")
    with pytest.raises(Exception, match="returned non-zero"):
        git("merge", "--quiet", "other")
    told = mrtrack("propose")
    assert told.code == 1
    assert "a merge is not finished" in told.err
    assert heads(remote) == ["main"]


def test_a_main_branch_of_another_name_is_the_one_to_merge_into(folder: Path, mrtrack: Run) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/trunk")
    remote = published(folder, mrtrack, main="trunk")
    seem("git@github.com:agency/records.git", remote)
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09")
    told = mrtrack("propose", "wells")
    assert told.code == 0, told.err
    assert "/agency/records/compare/trunk...wells?" in told.out
    git("push", "--quiet", "origin", "wells:trunk")
    assert "wells  merged" in mrtrack("propose", "--list").out


def test_commits_that_stand_on_main_already_can_be_proposed(remote: Path, mrtrack: Run) -> None:
    update(mrtrack, "--comment", "Two more villages", "--due", "2027-09", "--commit")
    told = mrtrack("propose", "wells")
    assert told.code == 0, told.err
    assert heads(remote) == ["main", "wells"]
    assert git("rev-list", "--count", "origin/main..wells").strip() == "1"
