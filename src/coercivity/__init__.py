"""coercivity: may this go, on this date; and what do the rules do to supply."""
