"""A command as it was understood, in words again: paths whole, nothing left to ask."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click


def as_argv(context: click.Context, store: Path) -> list[str]:
    """What to say elsewhere for the same command on a store, whatever the folder.

    What was asked for (a passphrase) and what was taken for granted (who is acting) is
    said outright.
    """
    options, arguments = [f"--store=duckdb:///{store}"], []
    for param in context.command.params:
        value = context.params.get(param.name or "")
        if value is None or "--store" in param.opts:
            continue
        if isinstance(param, click.Argument):
            many = value if isinstance(value, tuple) else (value,)
            arguments += [_word(param, one) for one in many]
        else:
            options += _option(param, value)
    return [*_names(context), *options, "--", *arguments]


def _names(context: click.Context) -> list[str]:
    names = []
    while context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return names[::-1]


def _option(param: click.Parameter, value: Any) -> list[str]:
    name = max(param.opts, key=len)
    if isinstance(value, bool):
        other = param.secondary_opts
        return [name] if value else [max(other, key=len)] if other else []
    if param.nargs > 1:
        return [name, *(_word(param, one) for one in value)]
    many = value if isinstance(value, tuple | list) else (value,)
    return [f"{name}={_word(param, one)}" for one in many]


def _word(param: click.Parameter, value: Any) -> str:
    if isinstance(value, Path):
        return str(value.absolute())
    if isinstance(value, datetime) and isinstance(param.type, click.DateTime):
        # The first form that loses nothing of it.
        said = ((value.strftime(form), form) for form in param.type.formats)
        return next(word for word, form in said if _is_same(word, form, value))
    return str(value)


def _is_same(word: str, form: str, value: datetime) -> bool:
    return datetime.strptime(word, form) == value  # noqa: DTZ007 - as it was said
