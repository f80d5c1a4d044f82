"""What the disk refuses and what it keeps: why a file cannot be written, in a line, and what killed runs left behind."""
