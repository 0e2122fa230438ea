"""Recordings as sound: decoding and waveform peaks."""
