"""Whole stories over real sockets with the real SDKs: text in, cards out."""
