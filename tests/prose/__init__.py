"""How the texts that people read are written: collected from the whole tree, held to the terms and to plain wording."""
