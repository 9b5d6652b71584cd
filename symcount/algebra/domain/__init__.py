"""What must hold of the symbols for a formula to be right, and whether two sizes are equal for all of them."""
