"""The press: pages to finished PDF files, and reading them back."""
