"""Prices in cents: no floating point where money is counted."""


def discount(cents, percent):
    """The price after a discount, rounded down to whole cents."""
    if not 0 <= percent <= 100:
        raise ValueError("a discount is between 0 and 100 percent")
    return cents * (100 - percent) // 100


def tax(cents, rate):
    """The tax contained in a gross price, rounded to the nearest cent."""
    if rate == 0:
        return 0
    net = (cents * 100 + (100 + rate) // 2) // (100 + rate)
    return cents - net


def text(cents):
    """A price for people."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
