"""Reading on many machines, and folders at addresses; needs `namndata[cluster]`.

Begins with documents to read and the address of a Dask scheduler, ends with the same outcomes as local processes give.
`run` sends documents from the parent, `desk` reads them on a worker, `versions` refuses a worker whose reading would
differ, `folders` makes addresses local. To change what a document needs on a worker: `Job` and `Answer` in `desk`.
"""
