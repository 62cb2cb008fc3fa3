"""The reports page: choosing chapters, preview and export."""
