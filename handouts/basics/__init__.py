"""What every room stands on: findings, lengths, papers, files, workers, what is kept."""
