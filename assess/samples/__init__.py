"""The ten fictional sample cities: read from the library, and the generator that writes them there."""
