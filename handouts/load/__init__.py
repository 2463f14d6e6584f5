"""Reading: files in, models and findings out."""
