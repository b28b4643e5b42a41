import pytest

from shop.price import discount, tax, text


def test_discount():
    assert discount(1000, 15) == 850


def test_discount_rounds_down():
    assert discount(999, 50) == 499


def test_discount_refuses_nonsense():
    with pytest.raises(ValueError):
        discount(1000, 101)


def test_tax():
    assert tax(11900, 19) == 1900


@pytest.mark.parametrize("cents, wanted", [(5, "0.05"), (1234, "12.34"), (-250, "-2.50")])
def test_text(cents, wanted):
    assert text(cents) == wanted
