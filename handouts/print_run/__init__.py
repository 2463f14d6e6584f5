"""Print runs: rosters and standing pieces into one file, with lists of what stands where."""
