"""The account that runs a command, for the trail."""

import getpass
import os


def account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return f"uid {os.getuid()}"
