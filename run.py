"""Set up and start 治衡 Zhiheng on a fresh machine. Needs Python 3.11 or later and nothing else.

    python3 run.py                     set up, then open the window (with no display: make the demonstration reports)
    python3 run.py test                set up with the test tools, then run every check; exit code 0 only if all hold
    python3 run.py test mypy pytest    only these checks (ruff, mypy, imports, pytest)
    python3 run.py test -- -k merge    only pytest, with these arguments
    python3 run.py VERB …              any verb of the command line, for example: python3 run.py score city.zhd

Everything lands in the folder .venv beside this file. A second start finds it and takes no time.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "zhiheng-{}.stamp")
LOCKS = {"use": "requirements.lock", "test": "requirements-test.lock"}

# What Qt loads from the system on Linux: the file it looks for, and the Debian package that holds it.
QT_BASE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
QT_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
}
CHECKS = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"]),
    ("pytest", ["-m", "pytest", "-q"]),
)


class Stop(Exception):
    """Something the person at the keyboard has to do first; the text says what."""


def say(text):
    """Print one line at once, whatever the console can show."""
    print(text, flush=True)


def environment():
    """The environment for everything started from here: nothing of another Python, and a home that exists."""
    env = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET"):
        env.pop(name, None)
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["PIP_NO_INPUT"] = "1"
    env.setdefault("PYTHONUTF8", "1")
    home = env.get("HOME", "")
    if not WINDOWS and not (home and os.path.isdir(home) and os.access(home, os.W_OK)):
        env["HOME"] = os.path.join(VENV, "home")
        os.makedirs(env["HOME"], exist_ok=True)
    return env


def call(command, **options):
    """Run a command, in the folder of the program unless told otherwise, and return its exit code."""
    options.setdefault("cwd", ROOT)
    return subprocess.call(command, env=environment(), **options)


def quiet(command):
    """Whether a command succeeds, keeping its output to itself."""
    try:
        with open(os.devnull, "w") as nowhere:
            return call(command, stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def suitable_python():
    """The Python to set up with: this one if it is new enough, else a newer one on the machine."""
    if sys.version_info >= (3, 11):
        return [sys.executable]
    names = [["python3.12"], ["python3.11"], ["python3.13"]]
    if WINDOWS:
        names += [["py", "-3.12"], ["py", "-3.11"], ["py", "-3.13"]]
    for name in names:
        if shutil.which(name[0]) and quiet([*name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
            return name
    raise Stop(
        "需要 Python 3.11 或更高版本，这里是 %d.%d。请安装后再运行。\n"
        "Python 3.11 or later is needed; this is %d.%d. Install it and run this again." % (sys.version_info[:2] * 2)
    )


def may_install():
    """Whether system packages can be installed from here: a Debian-like system, as root."""
    return not WINDOWS and shutil.which("apt-get") is not None and os.geteuid() == 0


def install_packages(packages):
    """Install Debian packages; True when it worked."""
    say("正在安装系统软件包 Installing system packages: " + " ".join(packages))
    env = dict(environment(), DEBIAN_FRONTEND="noninteractive")
    options = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    with open(os.devnull, "w") as nowhere:
        subprocess.call(["apt-get", *options, "update"], env=env, stdout=nowhere)
        command = ["apt-get", *options, "install", "-y", "--no-install-recommends", *packages]
        return subprocess.call(command, env=env, stdout=nowhere) == 0


def make_venv():
    """Create .venv, replacing one that no longer runs."""
    if os.path.exists(PYTHON) and quiet([PYTHON, "-m", "pip", "--version"]):
        return
    python = suitable_python()
    say("正在建立运行环境 Creating .venv …")
    command = [*python, "-m", "venv", "--clear", VENV]
    if quiet(command):
        return
    version = subprocess.check_output([*python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    packages = ["python{}-venv".format(version.decode().strip()), "python3-venv"]
    if may_install() and any(install_packages([package]) and quiet(command) for package in packages):
        return
    raise Stop(
        "不能建立 Python 虚拟环境。在 Debian、Ubuntu、统信、麒麟等系统上请先执行：sudo apt-get install python3-venv\n"
        "A virtual environment cannot be made. On Debian-like systems run: sudo apt-get install python3-venv"
    )


def stamp_of(kind):
    """What a finished set-up of this kind looks like: the lock, the project file, the place and the Python."""
    digest = hashlib.sha256(ROOT.encode("utf-8"))
    for name in (LOCKS[kind], "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_set_up(kind):
    """Whether .venv already holds this kind of set-up."""
    try:
        with open(STAMP.format(kind)) as file:
            return file.read() == stamp_of(kind) and os.path.exists(PYTHON)
    except OSError:
        return False


def set_up(kind):
    """Make .venv hold what the lock names, exactly, and the program itself. Kind: "use" or "test"."""
    if is_set_up(kind):
        return
    make_venv()
    say("正在安装依赖 Installing what {} names …".format(LOCKS[kind]))
    pip = [PYTHON, "-m", "pip", "install", "-q", "--no-deps"]
    locked = [*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCKS[kind]]
    if call(locked) != 0:
        raise Stop(
            "依赖没有装全，原因见上面几行。请检查网络，或把 PIP_INDEX_URL 设为可用的软件源后再运行。\n"
            "Not everything could be installed; the lines above say why. Check the network, or set PIP_INDEX_URL to a "
            "package index you can reach, and run this again."
        )
    if call([*pip, "--no-build-isolation", "-e", "."]) != 0:
        raise Stop(
            "程序本身没有装上，原因见上面几行。\nThe program itself could not be installed; see the lines above."
        )
    for done in ("use", "test") if kind == "test" else ("use",):
        with open(STAMP.format(done), "w") as file:
            file.write(stamp_of(done))


def need_libraries(wanted):
    """See to the system libraries Qt loads on Linux: install the missing ones, or say which they are."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in wanted if not loads(name)]
    if missing and may_install():
        install_packages([wanted[name] for name in missing])
        missing = [name for name in missing if not loads(name)]
    if missing:
        packages = " ".join(wanted[name] for name in missing)
        raise Stop(
            "缺少系统库 {0}。Debian、Ubuntu、统信、麒麟请执行：sudo apt-get install {1}\n"
            "System libraries are missing: {0}. On Debian-like systems run: sudo apt-get install {1}".format(
                ", ".join(missing), packages
            )
        )


def loads(library):
    """Whether the system can load a library by this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display():
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def zhiheng(arguments):
    """Run the program with these arguments, in the folder the person is in, and return its exit code."""
    folder = os.path.dirname(PYTHON)
    program = [os.path.join(folder, "zhiheng.exe")] if WINDOWS else [PYTHON, os.path.join(folder, "zhiheng")]
    return call([*program, *arguments], cwd=os.getcwd())


def start():
    """Open the window; without a display, make the demonstration reports and say where they are."""
    set_up("use")
    if has_display():
        need_libraries(dict(QT_BASE, **QT_SCREEN))
        if quiet([PYTHON, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"]):
            return zhiheng([])
    say("这里没有显示器，改为生成演示报告。 There is no display here: making the demonstration reports.")
    folder = os.path.join(ROOT, "demo-reports")
    code = zhiheng(["demo", "--out", folder])
    if code == 0:
        say("演示报告在 The reports are in: " + folder)
    return code


def test(arguments):
    """Run the checks named (all when none is named) and return 0 only when every one holds."""
    names, extra = arguments, []
    if "--" in arguments:
        at = arguments.index("--")
        names, extra = arguments[:at] or ["pytest"], arguments[at + 1 :]
    known = [name for name, _ in CHECKS]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Stop("没有这项检查 no such check: {}. 可选 Choose from: {}".format(" ".join(unknown), " ".join(known)))
    set_up("test")
    need_libraries(QT_BASE)
    results = []
    for name, command in CHECKS:
        if names and name not in names:
            continue
        say("── " + name)
        results.append((name, call([PYTHON, *command, *(extra if name == "pytest" else [])])))
    failed = [name for name, code in results if code != 0]
    say("── " + ("未通过 failed: " + ", ".join(failed) if failed else "全部通过 all passed"))
    return 1 if failed else 0


def main(arguments):
    """Do what the arguments ask and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if arguments[:1] == ["test"]:
            return test(arguments[1:])
        if not arguments:
            return start()
        set_up("use")
        return zhiheng(arguments)
    except Stop as stop:
        sys.stderr.write(str(stop) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
