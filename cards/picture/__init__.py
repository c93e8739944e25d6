"""An impact as a picture: what changed, where, by how much, and along which links. `svg_of(picture_of(view, plan))`"""

from cards.picture.build import picture_of
from cards.picture.graph import Edge, Effect, Graph, Node
from cards.picture.png import FONTS, NoFont, png_of
from cards.picture.svg import svg_of

__all__ = ["FONTS", "Edge", "Effect", "Graph", "NoFont", "Node", "picture_of", "png_of", "svg_of"]
