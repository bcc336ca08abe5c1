"""Refused: what is asked for cannot be done, and the person who asks can mend it."""


class Refused(ValueError):
    """Something that may not or cannot be done; `problems` says everything that is wrong, a sentence each."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(" ".join(problems))
