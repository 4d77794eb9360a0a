"""Configuration: one frozen, typed settings class."""
