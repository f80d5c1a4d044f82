"""The nation's indicators (Kolada, RKA): which of them a report prints, and what their official values are.

Begins with the indicators of a corpus and what lies beside its reports, ends with links, official values and both
values side by side. Only `api`, which `fetch` and `update` call, ever touches the network.

To change: what makes two titles one is in `titles`, what brings a title up in `match` and `kolada_words.csv`, what is
accepted without a person in `links`, and what explains a difference in `compare`.
"""
