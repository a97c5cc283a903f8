"""Files and folders that are whole or as they were before, whatever happens on the way. Faults are plain `OSError`s."""

from engine.files.publishing import part_beside, publish_file, publish_folder, sync_folder
from engine.files.replacing import replacing, replacing_folder, write_atomically

__all__ = [
    "part_beside",
    "publish_file",
    "publish_folder",
    "replacing",
    "replacing_folder",
    "sync_folder",
    "write_atomically",
]
