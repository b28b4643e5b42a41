"""A small shop: prices, a cart, and a stock."""
