"""Lines: what each line of the text is by its look, and which lines make one paragraph."""
