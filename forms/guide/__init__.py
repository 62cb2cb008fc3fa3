"""The built-in guide and the tour of three minutes: pages to read, F1 from anywhere, bubbles over the real window."""
