"""Keys that would do two things: none of them would, since Qt calls them ambiguous."""

from collections import defaultdict

from PySide6.QtGui import QKeySequence

from desktop.actions.registry import ActionRegistry


def users_of(actions: ActionRegistry, key: QKeySequence, but: str = "") -> list[str]:
    """Return the ids of the actions that answer to `key`, other than `but`."""
    return [spec.id for spec in actions.specs() if spec.id != but and key in actions.keys(spec.id)]


def conflicts(actions: ActionRegistry) -> dict[str, list[str]]:
    """Return the actions that share a key with others, and with which."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for spec in actions.specs():
        for key in actions.keys(spec.id):
            by_key[key.toString()].append(spec.id)
    shared: dict[str, list[str]] = defaultdict(list)
    for users in by_key.values():
        for user in users:
            shared[user] += [other for other in users if other != user]
    return {user: others for user, others in shared.items() if others}
