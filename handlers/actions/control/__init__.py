"""Rules and settings: frozen, switched, drafted, learnt and forgotten; and what a rule does by itself."""
