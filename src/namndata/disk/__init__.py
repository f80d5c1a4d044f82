"""What the disk refuses and what it keeps: why a file cannot be written, in one line, and what killed runs left behind."""
