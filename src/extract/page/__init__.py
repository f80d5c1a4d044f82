"""One page of a PDF: begins with a file and a page number, ends with words, rules, fills and pictures."""
