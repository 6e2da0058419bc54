"""Random numbers that are the same everywhere: integers and + - * / only.

SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014), seeded with the
64-bit FNV-1a hash of SEED and a name. Each series has a stream of its own, named by what it is, so
that adding a series changes no other.
"""

SEED = "yunlan"
MASK = (1 << 64) - 1


class Stream:
    def __init__(self, *names):
        state = 0xCBF29CE484222325
        for byte in "/".join((SEED,) + tuple(str(name) for name in names)).encode("utf-8"):
            state = ((state ^ byte) * 0x100000001B3) & MASK
        self.state = state

    def integer(self):
        """64 random bits."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        """0 <= x < 1."""
        return (self.integer() >> 11) / 9007199254740992.0

    def bell(self):
        """Mean 0, standard deviation 1, never beyond 3.47: the sum of four uniforms."""
        total = self.uniform() + self.uniform() + self.uniform() + self.uniform()
        return (total - 2.0) * 1.7320508075688772


def bell(*names):
    """One number of the stream with these names."""
    return Stream(*names).bell()
