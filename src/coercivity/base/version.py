"""Version of the engine; it stands in every proof."""

ENGINE_VERSION = "0.2.0"
