import pytest

from shop.cart import Cart


def test_total():
    cart = Cart()
    cart.add("tea", 450, 2)
    cart.add("cup", 1200)
    assert cart.total() == 2100
    assert cart.total(10) == 1890


def test_newest_price_counts():
    cart = Cart()
    cart.add("tea", 450)
    cart.add("tea", 500)
    assert cart.total() == 1000


def test_add_refuses_nothing():
    with pytest.raises(ValueError):
        Cart().add("tea", 450, 0)


def test_remove():
    cart = Cart()
    cart.add("tea", 450)
    cart.remove("tea")
    assert cart.total() == 0
