"""An invented paper, as the engine's tests have it: nothing in it is true."""
