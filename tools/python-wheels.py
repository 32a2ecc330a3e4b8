"""Reads wheels: prints what the simulated package index says of each, as JSON, and unpacks MarkupSafe's sources.

Run by python-packages.mjs with whatever Python the host has:
    python-wheels.py WHEELS_DIR MARKUPSAFE_JSON OUT_DIR
"""

import hashlib
import json
import pathlib
import sys
import zipfile
from email.parser import BytesParser

from pip._vendor.packaging.requirements import Requirement

# What a dyno is, whatever computer reads the wheels.
DYNO = {
    "python_version": "3.14",
    "python_full_version": "3.14.2",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "extra": "",
}


def requirement(text):
    """One Requires-Dist as {name, specifier}, or None when it does not apply on a dyno."""
    parsed = Requirement(text)
    if parsed.marker and not parsed.marker.evaluate(DYNO):
        return None
    return {"name": parsed.name, "specifier": str(parsed.specifier)}


def describe(path):
    with zipfile.ZipFile(path) as wheel:
        info = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)
        raw = wheel.read(info)
        metadata = BytesParser().parsebytes(raw)
        tops = {n.split("/")[0] for n in wheel.namelist() if ".dist-info/" not in n and n.endswith(".py")}
        return {
            "name": metadata["Name"],
            "version": metadata["Version"],
            "wheel": path.name,
            "wheelSize": path.stat().st_size,
            "metadataSize": len(raw),
            "requires": [r for r in map(requirement, metadata.get_all("Requires-Dist") or []) if r],
            "modules": sorted(top.removesuffix(".py") for top in tops),
        }


def unpack_markupsafe(path, expected, out):
    """Keeps only the files named in `expected`, each checked against its SHA-256."""
    with zipfile.ZipFile(path) as wheel:
        for name, digest in expected.items():
            data = wheel.read(name)
            if hashlib.sha256(data).hexdigest() != digest:
                sys.exit(f"{name}: SHA-256 differs from the committed one")
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def main():
    wheels, markupsafe_json, out = map(pathlib.Path, sys.argv[1:4])
    markupsafe = json.loads(markupsafe_json.read_text())
    files = markupsafe.pop("files")
    native = next(wheels.glob(f"markupsafe-{markupsafe['version']}-*.whl"))
    unpack_markupsafe(native, files, out / "markupsafe")
    packages = [describe(path) for path in sorted(wheels.glob("*-none-any.whl"))]
    packages.append(markupsafe)
    packages.sort(key=lambda package: package["name"].lower())
    print(json.dumps(packages, indent=2))


main()
