"""Words to search by: how a text is taken apart, and how a person asks for it."""
