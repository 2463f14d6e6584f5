"""Every word that the program itself prints for patients and printers, a language a file."""
