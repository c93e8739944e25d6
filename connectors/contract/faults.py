"""The six ways in which another system fails us, with its own code and words."""


class ConnectorFault(Exception):
    """What a read may try again has `is_passing`; a write that failed so may have happened where `may_be_done`."""

    is_passing = False
    may_be_done = False

    def __init__(self, words: str, code: str = "") -> None:
        """`words`: the system's own, without secrets, addresses or queries."""
        super().__init__(words)
        self.words, self.code = words, code


class NotSent(ConnectorFault):
    """No connection: nothing has left us."""

    is_passing = True


class Throttled(ConnectorFault):
    """Refused before it was worked on, until so many seconds from now."""

    is_passing = True

    def __init__(self, words: str, code: str = "", after: float = 0) -> None:
        super().__init__(words, code)
        self.after = after


class Unauthorised(ConnectorFault):
    """Credentials are refused. Nothing is tried again: accounts get locked."""


class Offline(ConnectorFault):
    """The relay or agent in front of it is off."""


class Rejected(ConnectorFault):
    """A clear no."""


class Unreadable(ConnectorFault):
    """No answer, or none that can be read: of a write it says nothing."""

    is_passing = True
    may_be_done = True
