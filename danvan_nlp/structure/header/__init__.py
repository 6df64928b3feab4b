"""Header: what a report says of itself, in its letterhead, its title and its closing block."""
