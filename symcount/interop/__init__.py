"""What comes from elsewhere, and what goes there: other descriptions of networks, files of weights, frameworks."""
