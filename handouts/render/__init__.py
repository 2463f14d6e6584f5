"""The layout engine: HTML to pages. The only room that knows WeasyPrint."""
