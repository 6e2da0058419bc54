"""What makes the example city: see ../make.py."""
