"""Nothing is lost: a store is backed up, restored, and made anew from what was kept."""

from oversight.keeping.backing_up import backup
from oversight.keeping.rebuilding import rebuild
from oversight.keeping.restoring import restore
from oversight.keeping.standing import standing
from oversight.keeping.summary import Summary

__all__ = ["Summary", "backup", "rebuild", "restore", "standing"]
