"""The doors: HTTP and the command line. They translate and decide nothing."""
