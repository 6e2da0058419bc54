"""What make.py writes the package of Yunhu District from."""
