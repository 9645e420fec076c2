"""Tables, figures, PDF and HTML of a result."""
