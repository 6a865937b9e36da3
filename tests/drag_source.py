"""A small window that files can be dragged out of: drag_source.py X Y FILE...

Says "ready", then "begin" when a drag begins, then "dropped" or "refused" when it ends.
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GdkPixbuf, Gtk  # noqa: E402


def say(word):
    print(word, flush=True)


x, y = int(sys.argv[1]), int(sys.argv[2])
uris = [pathlib.Path(name).resolve().as_uri() for name in sys.argv[3:]]

window = Gtk.Window(title="Files")
window.set_decorated(False)
window.set_keep_above(True)
window.set_accept_focus(False)
window.set_default_size(96, 40)
window.move(x, y)

source = Gtk.EventBox()
source.add(Gtk.Label(label="Files"))
source.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
source.drag_source_add_uri_targets()


def on_begin(_widget, context):
    # Without a compositor the icon would leave a trail on the pictures: hold it far off the display.
    speck = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, True, 8, 1, 1)
    Gtk.drag_set_icon_pixbuf(context, speck, 9999, 9999)
    say("begin")


source.connect_after("drag-begin", on_begin)
source.connect("drag-data-get", lambda _w, _c, data, *_: data.set_uris(uris))

refused = False


def on_failed(*_):
    global refused
    refused = True
    return True


source.connect("drag-failed", on_failed)
source.connect("drag-end", lambda *_: say("refused" if refused else "dropped"))
window.add(source)
window.connect("map-event", lambda *_: say("ready"))
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
