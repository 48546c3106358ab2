"""The dataset in formats that other programs open as they are: typed, labelled, with the account on every row."""
