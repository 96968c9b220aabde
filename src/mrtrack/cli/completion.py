"""Completion for shells, as scripts that know the commands, their options and the ids of evaluations; nothing else.

The scripts start no program and evaluate nothing: ids are the names of files, and only such as an id can be.
"""

from collections.abc import Callable, Mapping
from typing import Any

PLACES = {
    "bash": "~/.local/share/bash-completion/completions/mrtrack",
    "zsh": "a folder of $fpath, as _mrtrack",
    "fish": "~/.config/fish/completions/mrtrack.fish",
}

_BASH = """\
# Completion of mrtrack for bash: commands, options, ids of evaluations.
_mrtrack() {
    local LC_ALL=C current=${COMP_WORDS[COMP_CWORD]} command= offers= word folder file name
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            @ALTERNATIVES@) command=$word; break ;;
        esac
    done
    case $command in
        '') offers='@COMMANDS@' ;;
@OPTIONS@
    esac
    if [[ -z $command || $current == -* ]]; then
        COMPREPLY=($(compgen -W "$offers" -- "$current"))
        return
    fi
    folder=$PWD
    while [[ -n $folder && ! -d $folder/records ]]; do folder=${folder%/*}; done
    for file in "$folder"/records/*.yaml "$folder"/records/*/*.yaml; do
        name=${file##*/}
        name=${name%.yaml}
        if [[ $name =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ && $name == "$current"* ]]; then
            COMPREPLY+=("$name")
        fi
    done
}
complete -o bashdefault -o default -F _mrtrack mrtrack
"""

_ZSH = """\
#compdef mrtrack
# Completion of mrtrack for zsh: commands, options, ids of evaluations.
_mrtrack() {
    emulate -L zsh
    setopt extended_glob null_glob
    local LC_ALL=C command= word folder file name
    local -a offers ids
    for word in "${(@)words[2,CURRENT-1]}"; do
        case $word in
            (@ALTERNATIVES@) command=$word; break ;;
        esac
    done
    case $command in
        ('') offers=(@COMMANDS@) ;;
@OPTIONS@
    esac
    if [[ -z $command || ${words[CURRENT]} == -* ]]; then
        compadd -- $offers
        return
    fi
    folder=$PWD
    while [[ -n $folder && ! -d $folder/records ]]; do folder=${folder%/*}; done
    for file in "$folder"/records/*.yaml "$folder"/records/*/*.yaml; do
        name=${${file:t}%.yaml}
        [[ $name == [a-z0-9]([a-z0-9.-]#[a-z0-9])(#c0,1) ]] && ids+=("$name")
    done
    compadd -- $ids || _files
}
_mrtrack "$@"
"""

_FISH = """\
# Completion of mrtrack for fish: commands, options, ids of evaluations.
function __mrtrack_ids
    set -l folder $PWD
    while test -n "$folder"; and not test -d "$folder/records"
        set folder (string replace -r '/[^/]*$' '' -- $folder)
    end
    for file in $folder/records/*.yaml $folder/records/*/*.yaml
        string match -r -- '^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$' (string replace -r '^.*/(.*)\\.yaml$' '$1' -- $file)
    end
end
complete -c mrtrack -n __fish_use_subcommand -f -a '@COMMANDS@'
complete -c mrtrack -n 'not __fish_use_subcommand' -a '(__mrtrack_ids)'
@OPTIONS@
"""


def script(shell: str, commands: Mapping[str, tuple[str, ...]]) -> str:
    """The completion script for a shell, of commands with their options."""
    template, line = _SHELLS[shell]
    options = "\n".join(line(name, words) for name, words in commands.items())
    return (
        template.replace("@ALTERNATIVES@", "|".join(commands))
        .replace("@COMMANDS@", " ".join(commands))
        .replace("@OPTIONS@", options)
    )


def known_commands() -> dict[str, tuple[str, ...]]:
    """The commands of mrtrack that are shown, with their long options."""
    import typer

    from mrtrack.cli.main import COMMANDS, app

    group: Any = typer.main.get_command(app)
    found = {}
    for name in COMMANDS:
        words = {word for one in group.get_command(None, name).params for word in one.opts}
        found[name] = tuple(sorted({"--help", *(word for word in words if word.startswith("--"))}))
    return found


def _bash(name: str, options: tuple[str, ...]) -> str:
    return f"        {name}) offers='{' '.join(options)}' ;;"


def _zsh(name: str, options: tuple[str, ...]) -> str:
    return f"        ({name}) offers=({' '.join(options)}) ;;"


def _fish(name: str, options: tuple[str, ...]) -> str:
    begun = f"complete -c mrtrack -n '__fish_seen_subcommand_from {name}' -l"
    return "\n".join(f"{begun} {option.removeprefix('--')}" for option in options)


_SHELLS: dict[str, tuple[str, Callable[[str, tuple[str, ...]], str]]] = {
    "bash": (_BASH, _bash),
    "zsh": (_ZSH, _zsh),
    "fish": (_FISH, _fish),
}
