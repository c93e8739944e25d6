"""What people set in chat: freeze windows, switches of rules, deputies."""
