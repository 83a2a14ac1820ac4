"""Many rows at once: each kind of row judged once, each row sealed by itself."""
