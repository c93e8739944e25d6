"""What has happened: how far things are, whether orders can begin, what is going wrong."""
