"""What a customer wants to buy."""

from shop.price import discount


class Cart:
    """Items by name, with their price in cents and how many."""

    def __init__(self):
        self.items = {}

    def add(self, name, cents, count=1):
        """Puts items into the cart; the newest price of an item counts."""
        if count < 1:
            raise ValueError("at least one item")
        _, before = self.items.get(name, (cents, 0))
        self.items[name] = (cents, before + count)

    def remove(self, name):
        """Takes an item out of the cart; an unknown one is no mistake."""
        self.items.pop(name, None)

    def total(self, percent=0):
        """The sum in cents after a discount."""
        whole = sum(cents * count for cents, count in self.items.values())
        return discount(whole, percent)
