"""What differs between two states of the same records, and what fell silent from one to the next.

Both are asked of frames alone: where the two states come from (two snapshots, or one as of two
days) is nothing to the comparison.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

KINDS = ("new", "gone", "changed")


def differences(
    before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    """What came, what went, and what has another value: by key.

    Gives kind (new · gone · changed), the columns of `key`, and for what changed column, before and
    after (else None): one row per record that is only in one of the two, and one per changed value
    of a record that is in both. Of `columns` only what is named is compared; what is missing in
    both is the same, and a part of a key may be missing. In the order of KINDS, each in the order
    of `after` (what is gone: of `before`), a record's values in the order of `columns`.

    Raises ValueError when a key stands twice in a frame: then nobody can say which became which.
    """
    key, columns = list(key), list(columns)
    old, new = (_keyed(frame, key) for frame in _unlike(before, after, key, columns))
    both = new.index[new.index.isin(old.index)]
    found = [
        *_whole("new", new[~new.index.isin(old.index)], key),
        *_whole("gone", old[~old.index.isin(new.index)], key),
    ]
    old, new = old.loc[both], new.loc[both]
    changed = {name: _differs(old[name], new[name]) for name in columns}
    some = np.logical_or.reduce([np.asarray(each, dtype=bool) for each in changed.values()] or [[]])
    for position in np.flatnonzero(some):
        found += [
            ("changed", *both[position], name, *_pair(old, new, name, position))
            for name in columns
            if changed[name][position]
        ]
    return pd.DataFrame(found, columns=["kind", *key, "column", "before", "after"], dtype=object)


def fell_silent(
    before: pd.DataFrame,
    after: pd.DataFrame,
    key: Sequence[str],
    last: str,
    days: tuple[date, date],
    limit: int,
) -> pd.DataFrame:
    """What had reported within `limit` days on the first day, and has not on the second.

    `last` is the column of the day of the last report (None: never). Gives the rows of `after`,
    longest silent first. What never reported did not fall silent: it is told as "no report".
    """
    key = list(key)
    spoke = before[_quiet(before[last], days[0]) <= limit]
    quiet = _quiet(after[last], days[1])
    rows = after.assign(_quiet=quiet)[quiet > limit]
    rows = rows.merge(spoke[key].drop_duplicates(), on=key)
    return rows.sort_values("_quiet", ascending=False, kind="stable").drop(columns="_quiet")


def _unlike(
    before: pd.DataFrame, after: pd.DataFrame, key: list[str], columns: list[str]
) -> list[pd.DataFrame]:
    """The rows that do not stand in the other frame just so: few, as a rule, of many."""
    names = list(dict.fromkeys([*key, *columns]))
    frames = [before[names], after[names]]
    for frame in frames:
        if len(twice := frame.loc[frame.duplicated(key), key]):
            raise ValueError(f"{tuple(twice.iloc[0])} stands there twice")
    unlike = ~pd.concat(frames).duplicated(keep=False).to_numpy()
    return [frames[0][unlike[: len(before)]], frames[1][unlike[len(before) :]]]


def _keyed(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    kept = frame.astype(object)
    kept = kept.where(kept.notna(), None)
    # What is missing is no equal of itself; within a key it has to be.
    kept.index = pd.Index(
        [tuple(row) for row in kept[key].itertuples(index=False)], tupleize_cols=False
    )
    return kept


def _whole(kind: str, frame: pd.DataFrame, key: list[str]) -> list[tuple]:
    return [(kind, *row, None, None, None) for row in frame[key].itertuples(index=False)]


def _differs(old: pd.Series, new: pd.Series) -> list[bool]:
    return [one != other for one, other in zip(old, new, strict=True)]


def _pair(old: pd.DataFrame, new: pd.DataFrame, name: str, position: int) -> tuple:
    return old[name].iloc[position], new[name].iloc[position]


def _quiet(last: pd.Series, day: date) -> pd.Series:
    """Days since the last report; missing where there is none."""
    return (pd.Timestamp(day) - pd.to_datetime(last)).dt.days
