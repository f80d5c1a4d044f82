"""Text with marked tables (Markdown, tabs): begins with lines, ends with blocks and tables."""
