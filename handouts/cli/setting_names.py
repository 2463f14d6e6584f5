"""Settings as the command line names them: by their options."""

from __future__ import annotations

from handouts.basics.settings import Setting, filled

_OPTIONS = {
    Setting.CHANGES: "--change",
    Setting.EXERCISES: "--exercise",
    Setting.LOG_WEEKS: "--weeks",
    Setting.OUTPUT: "-o",
    Setting.PATIENT: "--for",
}
"""Those that are not called what the setting is."""
_OFF = {(Setting.MARKS, "false"): "--no-marks"}


def option(setting: Setting, value: str = "") -> str:
    """Give the option of a setting, with its value as it is typed."""
    if off := _OFF.get((setting, value)):
        return off
    name = _OPTIONS.get(setting) or f"--{setting.replace('_', '-')}"
    return f"{name} {value}".rstrip()


def in_options(text: str) -> str:
    """Name each setting that a text is about by its option."""
    return filled(text, option)
