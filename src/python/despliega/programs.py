"""The programs that a dyno can run: python, gunicorn, flask."""

import os
import sys
import traceback
import types

from . import missing, serving

USAGE = "usage: python [option] ... [-c cmd | -m mod | file | -] [arg] ..."


def exit_status(error):
    """What the shell sees of a SystemExit; prints its message as the interpreter does."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code & 0xFF
    print(error.code, file=sys.stderr)
    return 1


def own(frame):
    return frame.f_code.co_filename.startswith("/despliega/") or "runpy" in frame.f_code.co_filename


def print_exception(error):
    """The traceback as `python app.py` prints it: it begins in the learner's program."""
    step = error.__traceback__
    while step is not None and own(step.tb_frame):
        step = step.tb_next
    traceback.print_exception(type(error), error, step or error.__traceback__)


def run_file(path, arguments):
    location = os.path.abspath(path)
    sys.argv = [path, *arguments]
    if os.path.isdir(location):
        location = os.path.join(location, "__main__.py")
    try:
        with open(location, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"python: can't open file '{location}': [Errno {missing.linux_errno(error.errno)}] {error.strerror}", file=sys.stderr)
        return 2
    sys.path.insert(0, os.path.dirname(location))
    main = types.ModuleType("__main__")
    main.__file__ = location
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    exec(compile(source, location, "exec", dont_inherit=True), main.__dict__)
    return 0


def run_module(name, arguments):
    import runpy

    sys.argv = ["-m", *arguments]
    sys.path.insert(0, os.getcwd())
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except ImportError as error:
        if error.__traceback__ is not None and error.name in (None, name) and "runpy" in _last_file(error):
            print(f"/app/.heroku/python/bin/python: {error}", file=sys.stderr)
            return 1
        raise
    return 0


def _last_file(error):
    step = error.__traceback__
    while step.tb_next is not None:
        step = step.tb_next
    return step.tb_frame.f_code.co_filename


def run_code(source, arguments):
    sys.argv = ["-c", *arguments]
    sys.path.insert(0, "")
    main = types.ModuleType("__main__")
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    exec(compile(source, "<string>", "exec", dont_inherit=True), main.__dict__)
    return 0


def python(arguments):
    """`python [options] file|-m module|-c code [arguments]`"""
    rest = list(arguments)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        option = rest.pop(0)
        if option in ("-V", "--version"):
            print(f"Python {sys.version.split()[0]}")
            return 0
        if option == "-m":
            return run_module(rest[0], rest[1:]) if rest else _usage("Argument expected for the -m option")
        if option == "-c":
            return run_code(rest[0], rest[1:]) if rest else _usage("Argument expected for the -c option")
        if option in ("-W", "-X"):
            rest = rest[1:]
        elif option.strip("-uBEsSIOdqv"):
            return _usage(f"unknown option {option}")
    if not rest or rest[0] == "-":
        return 0
    return run_file(rest[0], rest[1:])


def _usage(message):
    print(f"{message}\n{USAGE}\nTry `python -h' for more information.", file=sys.stderr)
    return 2


def gunicorn(arguments):
    sys.argv = ["/app/.heroku/python/bin/gunicorn", *arguments]
    from gunicorn.app.wsgiapp import run

    run(prog="gunicorn")
    return 0


def flask(arguments):
    sys.argv = ["/app/.heroku/python/bin/flask", *arguments]
    from flask.cli import main

    main()
    return 0


PROGRAMS = {"python": python, "python3": python, "python3.14": python, "gunicorn": gunicorn, "flask": flask}


def run(argv):
    """Runs a program to its end, or until it serves. Returns the exit status, or None when it serves."""
    try:
        status = PROGRAMS[argv[0]](argv[1:])
    except serving.Serving:
        return None
    except SystemExit as error:
        status = exit_status(error)
    except KeyboardInterrupt:
        status = 130
    except BaseException as error:
        print_exception(error)
        status = 1
    # The program may have caught what unwinds it.
    return None if serving.current is not None else status
