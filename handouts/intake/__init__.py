"""Other people's data, to prescriptions."""
