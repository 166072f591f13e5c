"""The window of the map and the cells in which points are gathered: pure.

The map is equirectangular, true to scale at the middle of the window. Cells are squares of degrees, 1/128 degree at
the finest and twice as wide with each level, so that the database gathers points by shifting two whole numbers.
"""

from dataclasses import dataclass
from math import cos, floor, isfinite, log2, radians

CELLS_A_DEGREE = 128
WIDTH, HEIGHT = 1000, 560  # of the drawing
ACROSS = 22  # cells at most in the width of the window
DEEPEST = 12
CLOSEST_FIT = 9  # in half levels: some country around the points is to be seen


def cell_of(latitude: float, longitude: float) -> tuple[int, int]:
    """Return the finest cell of a point, from the south-west corner of the map."""
    return floor((longitude + 180) * CELLS_A_DEGREE), floor((latitude + 90) * CELLS_A_DEGREE)


@dataclass(frozen=True, slots=True)
class Window:
    """What the map shows: its middle, and how often the width of the globe was halved."""

    latitude: float
    longitude: float
    zoom: float

    @property
    def across(self) -> float:
        """Degrees of longitude from left to right."""
        return 360 / 2**self.zoom

    @property
    def squeeze(self) -> float:
        """How long a degree of longitude is in degrees of latitude."""
        return max(cos(radians(self.latitude)), 0.2)

    @property
    def unit(self) -> float:
        """How long a degree of latitude is in the drawing."""
        return WIDTH / (self.across * self.squeeze)

    @property
    def north_to_south(self) -> float:
        """Degrees of latitude from top to bottom."""
        return HEIGHT / self.unit

    @property
    def west(self) -> float:
        """Longitude of the left edge."""
        return self.longitude - self.across / 2

    @property
    def east(self) -> float:
        """Longitude of the right edge."""
        return self.longitude + self.across / 2

    @property
    def south(self) -> float:
        """Latitude of the lower edge."""
        return self.latitude - self.north_to_south / 2

    @property
    def north(self) -> float:
        """Latitude of the upper edge."""
        return self.latitude + self.north_to_south / 2

    @property
    def level(self) -> int:
        """How often the finest cells are doubled here."""
        return max(0, int(log2(self.across * CELLS_A_DEGREE / ACROSS)) + 1)

    def x(self, longitude: float) -> float:
        """Return where a longitude is in the drawing."""
        return round((longitude - self.west) * self.squeeze * self.unit, 1)

    def y(self, latitude: float) -> float:
        """Return where a latitude is in the drawing."""
        return round((self.north - latitude) * self.unit, 1)

    @property
    def transform(self) -> str:
        """How the outline of the world, in degrees with the north at the top, is laid into the drawing."""
        wide, high = self.squeeze * self.unit, self.unit
        return f"matrix({wide:.5f} 0 0 {high:.5f} {-self.west * wide:.3f} {self.north * high:.3f})"

    def middle_of(self, x: int, y: int) -> tuple[float, float]:
        """Return latitude and longitude of the middle of a cell of this level."""
        side = 2**self.level / CELLS_A_DEGREE
        return (y + 0.5) * side - 90, (x + 0.5) * side - 180

    def moved(self, east: float, north: float) -> "Window":
        """Return the window as many parts of its size further east and north."""
        return window(self.latitude + north * self.north_to_south, self.longitude + east * self.across, self.zoom)

    def at(self, latitude: float, longitude: float, deeper: float) -> "Window":
        """Return the window around a point, `deeper` levels in."""
        return window(latitude, longitude, self.zoom + deeper)


def window(latitude: float, longitude: float, zoom: float) -> Window:
    """Return a window whose middle is on the globe and whose zoom there is; raises ValueError for what is no number."""
    if not all(map(isfinite, (latitude, longitude, zoom))):
        raise ValueError("a window of the map has numbers")
    return Window(min(max(latitude, -80.0), 80.0), min(max(longitude, -180.0), 180.0), min(max(zoom, 0.0), DEEPEST))


def fitting(south: float, west: float, north: float, east: float) -> Window:
    """Return the closest window that shows a box with some air around it."""
    latitude, longitude = (south + north) / 2, (west + east) / 2
    for half in range(CLOSEST_FIT, 2, -1):
        there = window(latitude, longitude, half / 2)
        if (east - west) * 1.15 <= there.across and (north - south) * 1.15 <= there.north_to_south:
            return there
    return window(latitude, longitude, 1)
