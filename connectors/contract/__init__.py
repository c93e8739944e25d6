"""The contract: what a connector gives, takes and says of itself, and how it fails."""
