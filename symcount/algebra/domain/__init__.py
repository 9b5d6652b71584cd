"""The conditions and assumptions under which a formula is right, and whether two sizes are equal for all of them."""
