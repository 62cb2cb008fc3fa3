"""The review of a self-assessment: states and steps, differences, samples, batch acceptance, correction sheets."""
