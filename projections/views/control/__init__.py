"""What a control room looks at before it decides."""
