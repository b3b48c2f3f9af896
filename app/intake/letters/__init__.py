"""What leaves the desk on paper or as an archive: letters, sheets, the ZIP made while it is sent."""
