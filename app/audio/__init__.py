"""Recordings as sound: what they are, how long they last, their samples and waveform; nothing touches the disk."""

from app.audio.decoder import decode
from app.audio.length import seconds
from app.audio.pcm import Pcm, as_wav, peaks
from app.audio.sniff import extension, is_sound

__all__ = ["Pcm", "as_wav", "decode", "extension", "is_sound", "peaks", "seconds"]
