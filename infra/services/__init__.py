"""Services: what the product does with the log and its projections, through adapters."""
