"""Stands where the desktop shows notifications, and writes down what it is told to show: notifications.py FILE

Says "ready" when it is in place. Each line of the file is a notification: its title, a tab, its text.
"""

import sys

from gi.repository import Gio, GLib

NODE = Gio.DBusNodeInfo.new_for_xml(
    """<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
</interface></node>"""
)


def one_line(text):
    return " ".join(text.split())


def called(connection, sender, path, interface, method, arguments, invocation):
    if method == "Notify":
        title, text = arguments.unpack()[3:5]
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(f"{one_line(title)}\t{one_line(text)}\n")
        invocation.return_value(GLib.Variant("(u)", (1,)))
    elif method == "GetCapabilities":
        invocation.return_value(GLib.Variant("(as)", (["body"],)))
    elif method == "GetServerInformation":
        invocation.return_value(GLib.Variant("(ssss)", ("desk", "tests", "1", "1.2")))
    else:
        invocation.return_value(None)


def acquired(connection, name):
    connection.register_object("/org/freedesktop/Notifications", NODE.interfaces[0], called)


Gio.bus_own_name(
    Gio.BusType.SESSION,
    "org.freedesktop.Notifications",
    Gio.BusNameOwnerFlags.NONE,
    acquired,
    lambda connection, name: print("ready", flush=True),
    None,
)
GLib.MainLoop().run()
