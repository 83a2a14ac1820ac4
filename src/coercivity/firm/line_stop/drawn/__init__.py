"""Line stops over draws of the licensing desk's practice.

It imports the parts of `firm` that draw a licence time, `ensemble` and the rest of this room, which do not import it.
"""
