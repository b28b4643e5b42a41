from shop.stock import Stock


def test_take():
    stock = Stock({"tea": 3})
    assert stock.take("tea", 2)
    assert not stock.take("tea", 2)


def test_refill():
    stock = Stock()
    stock.refill("tea", 5)
    assert stock.take("tea", 5)
