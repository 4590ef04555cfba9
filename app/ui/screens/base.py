"""What every screen is: a name, a way to build its pieces of a view in a form, and a way to show the next view."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from app.ui.forms import form_of
from app.ui.kit.piece import Piece
from app.ui.kit.press import Ask, nothing
from app.ui.kit.scroll import Scroll
from app.ui.look import Look

View = TypeVar("View")


class Screen(Piece, Generic[View]):
    """A whole screen. A new view of the same shape is shown in place, any other builds the screen anew."""

    name = ""
    nav = True
    """True where the ways to the other screens are shown beside it."""

    def __init__(self, look: Look, view: View, ask: Ask = nothing) -> None:
        super().__init__(look)
        self.view, self.ask, self.form = view, ask, ""

    def build(self, view: View, form: str) -> Piece:
        """Return the pieces of a view in a form."""
        raise NotImplementedError

    def shape(self, view: View) -> Any:
        """Return what must stay equal for a view to be shown in place; by default the view itself."""
        return view

    def refresh(self, view: View) -> None:
        """Show a view of the same shape in the pieces that are there."""

    def show(self, view: View) -> None:
        """Show a view: in place where it can be."""
        before, self.view = self.view, view
        if not self.form:
            return
        if self.shape(before) == self.shape(view):
            self.refresh(view)
        else:
            self.rebuild()

    def rebuild(self) -> None:
        """Build the screen anew where it stands."""
        before = self.scrolled()
        gone_px = before.gone_px if before is not None else 0.0
        self.hold([self.build(self.view, self.form)])
        self.refresh(self.view)
        for piece in self.pieces():
            piece.place(self.x, self.y, self.width, self.height)
        after = self.scrolled()
        if after is not None and gone_px > 0.0:
            after.gone_px = gone_px

    def scrolled(self) -> Scroll | None:
        """Return the part of the screen that scrolls, whose place is kept when the screen is built anew."""
        return next((piece for piece in self.walk(restrict=True) if isinstance(piece, Scroll)), None)

    def arrange(self) -> None:
        form = form_of(self.width, self.height, self.look.unit)
        if form != self.form or not self.children:
            self.form = form
            self.rebuild()
        else:
            for piece in self.pieces():
                piece.place(self.x, self.y, self.width, self.height)
