"""What people touch: the command line and the web page. It stands on `rag`, `indexer` and `evals`."""
