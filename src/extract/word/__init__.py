"""Word files: begins with a .docx file, ends with its blocks and tables in reading order, as from a PDF or a text.

`package` opens the file within limits, `styles` and `lists` say what its styles and numbering mean, `runs` what a
paragraph prints, `notes` numbers its footnotes, `tables` lays out its tables, `read` goes through the whole.

To change: what Word calls something is known in `xml`; what a table or heading means is `extract.records`' matter.
"""
