"""How many of each item there are."""


class Stock:
    """A count for each item, never below zero."""

    def __init__(self, counts=None):
        self.counts = dict(counts or {})

    def take(self, name, count):
        """Takes items out of the stock; says whether there were enough."""
        if self.counts.get(name, 0) < count:
            return False
        self.counts[name] -= count
        return True

    def refill(self, name, count):
        """Adds items to the stock."""
        self.counts[name] = self.counts.get(name, 0) + count
