"""From an order to everything it needs: process templates and their explosion."""
