"""What keeps complaints in order when nobody presses: desks and index made again, erasure, the watch of floods."""
