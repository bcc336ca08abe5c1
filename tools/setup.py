"""Set-up: everything the dashboard needs, from names alone. Safe to run again; it does only what is missing.

    python3 tools/setup.py           what running needs
    python3 tools/setup.py --quick   what the tests need that drive no browser
    python3 tools/setup.py --test    what every test needs, a browser too

Python 3.11 or newer is enough to start it; it uses nothing but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
VENDOR = ROOT / "assets" / "vendor"
ARIMO = "@fontsource/arimo"
FILES = {
    "plotly-basic.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "arimo-latin-400-normal.woff2": f"{ARIMO}/files/arimo-latin-400-normal.woff2",
    "arimo-latin-700-normal.woff2": f"{ARIMO}/files/arimo-latin-700-normal.woff2",
    "arimo-LICENSE.txt": f"{ARIMO}/LICENSE",  # the typeface may be passed on together with its licence only
}
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)


def say(text: str) -> None:
    """A line for whoever runs the set-up."""
    print(text, flush=True)


def main(quick: bool, test: bool) -> None:
    """Make the environment, install the pinned packages, bring the web files; `test`: see to a browser."""
    if sys.version_info < (3, 11):
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    environment()
    install("test" if quick or test else "run")
    vendor(test)
    if test:
        browser()


def environment() -> None:
    """Make .venv, with Debian's python3-venv where that is missing and we may install it."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    say("Making the environment .venv")
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ModuleNotFoundError):
        if not debian_root():
            raise SystemExit(
                "Python has no venv here. On Debian or Ubuntu: sudo apt-get install python3-venv"
            ) from None
        apt("python3-venv")
        # this very process cannot see the new module: a fresh one can
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def install(what: str) -> None:
    """Install requirements/<what>.txt, every file checked against its hash; nothing when that is done."""
    listed = ROOT / "requirements" / f"{what}.txt"
    # what the tests need begins with what running needs
    pinned = listed.read_bytes() + (ROOT / "requirements" / "run.txt").read_bytes()
    stamp = VENV / f".{what}-{hashlib.sha256(pinned).hexdigest()[:16]}"
    if stamp.exists():
        return
    say(f"Installing the packages of requirements/{what}.txt")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*pip, "-r", listed])
    if done.returncode:
        raise SystemExit(
            "The Python packages could not be installed: see pip's message above. "
            "Is the package index within reach?"
        )
    stamp.touch()


def vendor(test: bool) -> None:
    """Bring the small plotly.js, Bootstrap's style sheet, the typeface and, for tests, axe from npm.

    Without them the dashboard still runs: slower, plainer, and with fonts of the machine.
    """
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()[:16]
    stamp = VENDOR / f".{'test' if test else 'run'}-{lock}"
    if stamp.exists() or (VENDOR / f".test-{lock}").exists():
        return
    say("Bringing plotly.js, Bootstrap and the typeface Arimo from npm")
    npm = shutil.which("npm")
    path = os.environ["PATH"]
    if npm is None:
        say("There is no node here: a Python wheel brings it")
        install("node")
        npm = shutil.which("npm", path=str(SCRIPTS))
        path = f"{SCRIPTS}{os.pathsep}{path}"
    command = [npm or "npm", "ci", "--silent", *([] if test else ["--omit=dev"])]
    try:
        subprocess.run(
            command, cwd=ROOT, check=True, env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError) as error:
        if test:
            raise SystemExit(f"npm could not bring what the tests need ({error}).") from None
        say(f"npm could not bring them ({error}). The dashboard will run without: slower and plainer.")
        return
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    # the page takes WOFF2; pictures are drawn and text is measured with the same outlines as TrueType
    subprocess.run([PYTHON, ROOT / "tools" / "typeface.py", *VENDOR.glob("*.woff2")], check=True)
    stamp.touch()


def browser() -> None:
    """See that the tests will find a browser; on Debian as root install chromium."""
    if (
        os.environ.get("BROWSER_PATH")
        or any(map(shutil.which, BROWSERS))
        or any(p.exists() for p in INSTALLED)
    ):
        return
    if debian_root():
        say("Installing chromium for the browser tests")
        apt("chromium")
        return
    raise SystemExit(
        "The tests need a browser. Install Chromium, Chrome or Edge (Debian: sudo apt-get install chromium), "
        "or set BROWSER_PATH."
    )


INSTALLED = [
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
    Path("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
]


def find_browser() -> str | None:
    """The browser that tests drive: BROWSER_PATH, else the first found; None where there is none."""
    named = os.environ.get("BROWSER_PATH")
    return (
        named
        or next(filter(None, map(shutil.which, BROWSERS)), None)
        or next((str(p) for p in INSTALLED if p.exists()), None)
    )


def debian_root() -> bool:
    """May we install Debian packages?"""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def apt(package: str) -> None:
    """Install one Debian package."""
    quiet = {
        "check": True,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
    }
    subprocess.run(["apt-get", "update"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", package], **quiet)


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:], test="--test" in sys.argv[1:])
