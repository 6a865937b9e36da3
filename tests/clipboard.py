"""Holds a text on the clipboard, as a program does in which something was copied: clipboard.py FILE

Says "ready" when the text can be pasted.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    text = file.read()

clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
clipboard.set_text(text, -1)
GLib.idle_add(lambda: print("ready", flush=True) and False)
Gtk.main()
