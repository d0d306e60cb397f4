"""The OpenAPI description, with an example for every posting and answer."""
