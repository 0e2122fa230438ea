"""What differs between the vendors, one folder each."""
