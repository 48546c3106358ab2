"""Reports to files and back: CSV, datapackage.json, the codebook, data frames."""
