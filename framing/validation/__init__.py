"""How far the measures can be trusted: agreement with hand coding."""
