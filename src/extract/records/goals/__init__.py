"""Goals: begins with tables and text in their places, ends with each goal where the report states or assesses it.

`tables` reads goals that tables list; `text` those that stand as headings, lines or items of running text, with the
sentence that says how far each is met.

To change: what announces goals, and what stands before a verdict, is a row in `goal_lines.csv`; a word of the verdict
one in `assessment_phrases.csv`.
"""
