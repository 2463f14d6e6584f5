"""From the layers of a prescription to what one patient's sheet is made of."""
