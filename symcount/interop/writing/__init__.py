"""What a network is written as: the code of a framework, or another notation. One file for each."""
