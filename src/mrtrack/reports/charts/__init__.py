"""Charts as SVG, drawn when a page is made: bars and columns whose parts differ in pattern as well as in colour.

Widths are shares of the room that a page gives, so that a chart is as sharp and as legible on a phone.
"""
