"""Election results in the common data format of NIST (SP 1500-100)."""
