"""What does not fit on a sheet: the framework's check rules, evaluated on answers, evidence and texts."""
