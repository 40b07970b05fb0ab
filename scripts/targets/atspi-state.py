#!/usr/bin/python3
"""Prints, as JSON, what the accessibility bus says of every showing widget of gtk3-widget-factory: the truth for its tests.

Needs DBUS_SESSION_BUS_ADDRESS and XDG_RUNTIME_DIR as scripts/targets/gtk-widget-factory.mjs prints them. Boxes are in pixels
of the Broadway page, `path` is the index of the widget in each of its ancestors.
"""
import json
import sys

import pyatspi

APPLICATION = 'gtk3-widget-factory'
STATES = ('checked', 'enabled', 'expanded', 'focused', 'indeterminate', 'selected', 'sensitive', 'showing')


def describe(accessible, path):
    states = {pyatspi.stateToString(state) for state in accessible.getState().getStates()}
    if 'showing' not in states:
        return None
    try:
        extents = accessible.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    except NotImplementedError:
        return None
    return {
        'path': path,
        'role': accessible.getRoleName(),
        'name': accessible.name,
        'x': extents.x,
        'y': extents.y,
        'width': extents.width,
        'height': extents.height,
        'states': [state for state in STATES if state in states],
    }


def walk(accessible, path, found):
    widget = describe(accessible, path)
    if widget is not None:
        found.append(widget)
    elif len(path) > 0:
        # What does not show shows no children, as the pages behind the open one.
        return
    # A widget that was removed meanwhile has no children any more.
    for index in range(accessible.childCount):
        child = accessible.getChildAtIndex(index)
        if child is not None:
            walk(child, path + [index], found)


def main():
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.name == APPLICATION:
            found = []
            walk(application, [], found)
            json.dump(found, sys.stdout)
            return 0
    print(f'{APPLICATION} is not on the accessibility bus', file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main())
