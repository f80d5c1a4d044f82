"""The parts that a corpus is written in: what can be made and replaced without the rest.

Begins with what each report is and what people decided, ends with the number of each report's part. To change: what is
a part without decisions is in `shelf`, what a decision reaches in `reach`, how several are made at once in `apart`.
"""
