"""The report model, its chapters and charts, and the renderers. No Qt."""
