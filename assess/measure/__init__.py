"""Measurement: from answers to normalised values, scores, stages, traces and diagnoses."""
