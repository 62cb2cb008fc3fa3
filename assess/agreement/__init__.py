"""How far raters agree: coefficients, each with its meaning in one plain sentence."""
