"""Any recording as samples: WAV here, everything else by ffmpeg through pipes and under limits."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import warnings
import wave

from app.audio.faststart import faststart
from app.audio.pcm import Pcm
from app.audio.sniff import container
from app.model import Problem

RATE = 16_000
LONGEST = 900
_WALL_SECONDS = 20
_HEAD = 4096
# Memory in KiB, processor seconds, open files; it may write no file and leave no core. Set by the shell rather than
# between fork and exec, where a program with threads must not run code. Some systems know no limit on memory.
_LIMITED = 'ulimit -c 0 -f 0; ulimit -n 16; ulimit -t 10; ulimit -v 1048576 2>/dev/null; exec "$0" "$@"'


def decode(data: bytes) -> Pcm:
    """The samples of the recording *data*, at most its first 15 minutes; raises `Problem` if it cannot be played."""
    kind = container(data[:_HEAD])
    if kind is None:
        raise Problem(
            "This is not a recording that can be played.", advice="The file is damaged or of an unknown kind."
        )
    pcm = _plain_wav(data) if kind == "wav" else None
    return pcm or _by_ffmpeg(faststart(data) if kind == "mov" else data, kind)


def _plain_wav(data: bytes) -> Pcm | None:
    """The samples of uncompressed WAV; None if it is of another kind."""
    try:
        with wave.open(io.BytesIO(data)) as wav:
            channels, width, rate = wav.getnchannels(), wav.getsampwidth(), wav.getframerate()
            if channels > 2 or width not in (1, 2, 3, 4) or not 4_000 <= rate <= 192_000:
                return None
            frames = wav.readframes(min(wav.getnframes(), rate * LONGEST))
    except (wave.Error, EOFError, struct.error):
        return None
    whole = frames[: len(frames) - len(frames) % (width * channels)]
    return Pcm(_as_sixteen_bit_mono(whole, width, channels), rate) if whole else None


def _as_sixteen_bit_mono(frames: bytes, width: int, channels: int) -> bytes:
    if width == 2 and channels == 1:
        return frames
    with warnings.catch_warnings():
        # It warns of its end in Python 3.13, where audioop-lts takes its place under the same name.
        warnings.simplefilter("ignore", DeprecationWarning)
        import audioop

    if width == 1:
        frames = audioop.bias(frames, 1, -128)
    if channels == 2:
        frames = audioop.tomono(frames, width, 0.5, 0.5)
    return audioop.lin2lin(frames, width, 2)


def _by_ffmpeg(data: bytes, kind: str) -> Pcm:
    # Naming the container and allowing no protocol but the pipe keeps a play list in disguise from opening anything.
    command = [_ffmpeg(), "-nostdin", "-v", "quiet", "-threads", "1", "-protocol_whitelist", "pipe", "-f", kind]
    command += ["-i", "pipe:0", "-map", "0:a:0", "-vn", "-sn", "-dn", "-t", str(LONGEST)]
    command += ["-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
    if os.name == "posix":
        command = ["/bin/sh", "-c", _LIMITED, *command]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS,
            check=False,
            creationflags=_no_console(),
        )
    except subprocess.TimeoutExpired as error:
        raise Problem("This recording takes too long to read.", advice="The file is probably damaged.") from error
    samples = done.stdout[: len(done.stdout) // 2 * 2]
    if not samples:
        raise Problem("This recording cannot be played.", advice="The file is probably damaged.")
    return Pcm(samples, RATE)


def _ffmpeg() -> str:
    import imageio_ffmpeg  # imported late: it is needed for the first compressed recording, not for the window

    try:
        program: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise Problem(
            "The part of Earshot that reads recordings is missing.", advice="Install Earshot again."
        ) from error
    return program


def _no_console() -> int:
    """Keeps Windows from showing a console for each recording."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
