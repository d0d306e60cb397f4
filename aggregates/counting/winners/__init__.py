"""What the law makes of the totals beyond who is elected: terms."""
