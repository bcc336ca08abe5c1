"""Access: who may come in, as what, and what they may do."""
