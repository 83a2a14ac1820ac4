"""Version of the engine, recorded in every proof."""

ENGINE_VERSION = "0.2.0"
