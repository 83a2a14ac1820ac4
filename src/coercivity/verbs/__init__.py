"""One function per verb: plain arguments in, plain result out. The only door for the skins."""
