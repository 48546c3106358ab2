"""`python -m jsextract`."""

from jsextract.cli.main import main

if __name__ == "__main__":
    main()
