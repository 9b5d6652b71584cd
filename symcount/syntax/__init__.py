"""Text to tree and back. The only room that imports lark; it knows no layer."""
