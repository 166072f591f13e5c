"""The map: points gathered into cells by the database, single points where there are few."""

from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, F, IntegerField, Q, Value
from django.db.models.expressions import ExpressionWrapper

from concertation.coalition.models import Delegate
from concertation.situation.incidents.grid import CELLS_A_DEGREE, Window, fitting, window
from concertation.situation.models import Area, Incident
from concertation.situation.models.incidents import IncidentQuerySet
from concertation.situation.queries.incidents import Wanted, chosen

MOST_POINTS = 150  # that are drawn one by one
LEAST_RADIUS, MOST_RADIUS = 9.0, 34.0  # of a cluster, in units of the drawing
ROW = 360 * CELLS_A_DEGREE + 1  # more than there are cells in a row of the grid
EUROPE = window(50.0, 25.0, 3)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several incidents near one another."""

    latitude: float
    longitude: float
    x: float
    y: float
    radius: float
    count: int
    verified: int
    closer: Window  # what is shown when one looks closer


@dataclass(frozen=True, slots=True)
class Point:
    """One incident in the drawing."""

    incident: Incident
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """An area of observation in the drawing."""

    area: Area
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the map shows."""

    window: Window
    clusters: list[Cluster]
    points: list[Point]
    frames: list[Frame]
    count: int  # of incidents within the window


def map_for(
    reader: Delegate, wanted: Wanted, view: Window | None, box: tuple[float, float, float, float] | None
) -> Sheet:
    """Return the map of what is chosen in `view`, by default of all of it, which lies in `box`."""
    areas = list(Area.objects.filter(until=None))
    there = view or _whole(areas, box)
    rows = within(chosen(reader, wanted), there)
    cells = _cells(rows, there)
    total = sum(count for _x, _y, count, _verified in cells)
    is_few = total <= MOST_POINTS
    frames = [_frame(area, there) for area in areas if _is_in(area, there)]
    points = _points(rows, there) if is_few else []
    return Sheet(there, [] if is_few else _clusters(cells, there), points, frames, total)


def within(rows: IncidentQuerySet, view: Window) -> IncidentQuerySet:
    """Keep what lies in a window of the map."""
    return rows.filter(
        cell_x__gte=int((view.west + 180) * CELLS_A_DEGREE),
        cell_x__lte=int((view.east + 180) * CELLS_A_DEGREE),
        cell_y__gte=int((view.south + 90) * CELLS_A_DEGREE),
        cell_y__lte=int((view.north + 90) * CELLS_A_DEGREE),
    )


def _whole(areas: list[Area], box: tuple[float, float, float, float] | None) -> Window:
    """Return the window around everything that is chosen, else around the areas that are watched."""
    if box is not None:
        return fitting(*box)
    if not areas:
        return EUROPE
    return fitting(
        min(area.south for area in areas),
        min(area.west for area in areas),
        max(area.north for area in areas),
        max(area.east for area in areas),
    )


def _cells(rows: IncidentQuerySet, view: Window) -> list[tuple[int, int, int, int]]:
    """Return the cells that hold anything, each with its counts, in one query; by one number, which gathers faster."""
    side = 2**view.level
    place = (F("cell_y") / side) * ROW + F("cell_x") / side
    gathered = rows.order_by().annotate(cell=ExpressionWrapper(place, output_field=IntegerField()))
    counted = gathered.values("cell").annotate(count=Count("*"), verified=Count(Value(1), filter=Q(state="verified")))
    found = counted.order_by("cell").values_list("cell", "count", "verified")
    return [(place % ROW, place // ROW, count, verified) for place, count, verified in found]


def _clusters(cells: list[tuple[int, int, int, int]], view: Window) -> list[Cluster]:
    """Return the clusters, the largest first so that smaller ones are drawn above them."""
    most = max((count for _x, _y, count, _verified in cells), default=1)
    found = []
    for column, row, count, verified in cells:
        latitude, longitude = view.middle_of(column, row)
        radius = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt(count / most)
        closer = view.at(latitude, longitude, 2)
        x, y = view.x(longitude), view.y(latitude)
        found.append(Cluster(latitude, longitude, x, y, round(radius, 1), count, verified, closer))
    return sorted(found, key=lambda cluster: (-cluster.count, cluster.y, cluster.x))


def _points(rows: IncidentQuerySet, view: Window) -> list[Point]:
    """Return single incidents, in reading order."""
    found = rows.select_related("kind").order_by("day", "occurred_at", "pk")
    placed = ((one, one.latitude, one.longitude) for one in found)
    return [Point(one, view.x(lon), view.y(lat)) for one, lat, lon in placed if lat is not None and lon is not None]


def _frame(area: Area, view: Window) -> Frame:
    """Return where an area lies in the drawing."""
    x, y = view.x(area.west), view.y(area.north)
    return Frame(area, x, y, round(view.x(area.east) - x, 1), round(view.y(area.south) - y, 1))


def _is_in(area: Area, view: Window) -> bool:
    """Say whether any of an area is within the window, but not the whole window within it."""
    meets = area.west < view.east and area.east > view.west and area.south < view.north and area.north > view.south
    covers = area.west < view.west and area.east > view.east and area.south < view.south and area.north > view.north
    return meets and not covers
