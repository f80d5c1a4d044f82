"""The nation's indicators (Kolada, RKA): which of them a report prints, and what their official values are.

Begins with the indicators of a corpus and what lies beside its reports, ends with links, official values and both
values side by side. Only `api`, which `fetch` and `update` call, ever touches the network.
"""
