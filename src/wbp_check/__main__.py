"""`python -m wbp_check` is `wbp-check`."""

from wbp_check.cli import main

if __name__ == "__main__":
    main()
