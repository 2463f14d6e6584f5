"""The one door to the program: a file for each thing that a user can ask, whichever the front."""
