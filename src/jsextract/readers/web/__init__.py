"""Web pages: what a browser shows of them, as lines and grids; nothing is fetched (网页)."""
