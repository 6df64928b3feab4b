"""Tables: which lines are tables, their rows and cells in every layout, and the grid these make."""
