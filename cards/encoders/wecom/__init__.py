"""Cards as WeCom takes them."""
