"""The board and the Gantt chart as a picture for a phone: what is wanted, what stands in it, and its SVG."""

from cards.chart.chart import Bar, Chart, Row, Section, Share
from cards.chart.svg import MOST_ROWS, svg_of
from cards.chart.wanted import Kind, UnknownPicture, Wanted

__all__ = ["MOST_ROWS", "Bar", "Chart", "Kind", "Row", "Section", "Share", "UnknownPicture", "Wanted", "svg_of"]
