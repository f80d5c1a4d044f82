"""What a word or number is, written once for every stage: begins with a text, ends with what it says."""
