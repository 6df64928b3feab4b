"""``python -m danvan_nlp.cli``."""

from danvan_nlp.cli.app import main

if __name__ == "__main__":
    main()
