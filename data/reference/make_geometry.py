"""Make the geometry of the map from the public package it comes from.

A script for whoever renews the map; nothing imports it. Fetch the npm package `plotly.js` 4.1.1
(`npm pack plotly.js@4.1.1`), unpack it, and run, from the root of the repository,

    python data/reference/make_geometry.py package/dist/plotly-geo-assets.js

It writes the same bytes each time:

- `pages/static/un/world_50m.json`, TopoJSON, the one file of geometry the browser fetches. The name
  is the one plotly.js asks for. Layer `countries`: one shape for each area, its `id` the ISO 3166-1
  alpha-3 code, or the source's own code for a disputed area; `properties.ct` is where a label
  stands. What lies behind them: layer `ocean`, the areas of no Member State (nor of Resolution 99)
  as one shape, for a map of all countries; layers `land` and `coastlines`, for a map of some
  countries, all areas as one shape and the borders between them, coarser still, because drawing
  them takes the browser as long as the countries themselves. The names are plotly.js's: it has
  no others that it fills and draws.
- `data/reference/country_points.csv`: a point inside each Member State, and whether its shape is
  too small to be hit on a map of the world.

What is changed: an area that comes in several shapes becomes one (plotly.js would draw the first
alone: of the State of Palestine, of Ecuador, Mauritius, Portugal and Spain too); areas are joined
where `map_areas.csv` says so; Antarctica is left out; borders and coasts are made coarser. A border
is stored once, so neighbours keep meeting after that.
"""

import csv
import gzip
import heapq
import json
import math
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import shapely

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "pages" / "static" / "un" / "world_50m.json"
POINTS = HERE / "country_points.csv"

COARSE = 100.0  # km²: a bend smaller than this is straightened; a region's map shows 45 in a pixel
FINE = 1.0  # km²: the same for areas too small to be hit
ISLET = 50.0  # km²: smaller islands are left out, but for the largest of each area:
KEPT_ISLETS = 5
KEPT_OF_SMALL = 25  # as many of an area too small to be hit
BEHIND = 2000.0  # km²: bends and islands left out of the land behind a map of some countries
BOX = 10.0  # km²: an islet the grid cannot hold becomes a box up to this size
GRID = 0.01  # degrees: about a kilometre, the unit coordinates are rounded to
SMALL = 3.0  # pixels on a map of the world 1,000 pixels wide: narrower than this is hard to hit
KM = 111.195  # kilometres in a degree of latitude

# In the register of Member States, absent from the source: markers only.
WITHOUT_SHAPE = {"SMR": (43.94, 12.45), "VAT": (41.90, 12.45)}


def number(text):
    """A number as the source's script writes it: 1e3 is the whole number 1000."""
    value = float(text)
    return int(value) if value.is_integer() else value


def read(path):
    """The source's `world_50m` layer of countries as `{code: [polygon, ...]}`.

    A polygon is a list of rings, a ring a list of (x, y) whole numbers, not closed. Also returns
    the function that turns (x, y) into (longitude, latitude).
    """
    text = Path(path).read_text(encoding="utf-8")
    found = re.search(
        r'"dist/topojson/world_50m\.json".*?module\.exports = (\{.*?\});\n', text, re.S
    )
    quoted = re.sub(r"([{ ,])([A-Za-z_]+):", r'\1"\2":', found.group(1))
    world = json.loads(quoted, parse_float=number)
    (kx, ky), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]

    def arc(index):
        x = y = 0
        points = []
        for dx, dy in world["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            points.append((x, y))
        return points if index >= 0 else points[::-1]

    def ring(indices):
        points = [point for index in indices for point in arc(index)]
        return [
            p for p, before in zip(points, points[-1:] + points[:-1], strict=True) if p != before
        ]

    shapes = defaultdict(list)
    for area in world["objects"]["countries"]["geometries"]:
        polygons = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
        shapes[area["id"]] += [[ring(indices) for indices in polygon] for polygon in polygons]
    return shapes, lambda p: (p[0] * kx + tx, p[1] * ky + ty)


def km2(points):
    """Signed area of a ring of (longitude, latitude); positive when clockwise, as d3 wants it."""
    total, lon = 0.0, points[0][0]
    flat = [(lon, points[0][1])]
    for (x0, _), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        lon += (x1 - x0 + 180) % 360 - 180  # a step across the antimeridian is a short one
        flat.append((lon, y1))
    for (x0, y0), (x1, y1) in pairwise(flat):
        total += (x1 - x0) * (math.sin(math.radians(y1)) + math.sin(math.radians(y0))) / 2
    return total * KM * KM * 180 / math.pi


def arcs_of(shapes):
    """Cut rings where borders meet, and store every piece once.

    Returns the pieces and, for each area, its polygons as lists of rings of piece numbers; `~n` is
    piece n backwards, as in TopoJSON.
    """
    neighbours = defaultdict(set)
    rings = [ring for polygons in shapes.values() for polygon in polygons for ring in polygon]
    for ring in rings:
        for before, point, after in zip(
            ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True
        ):
            neighbours[point] |= {before, after}
    meets = {point for point, around in neighbours.items() if len(around) > 2}
    pieces, number = [], {}

    def store(piece):
        for key, sign in ((tuple(piece), 1), (tuple(piece[::-1]), -1)):
            if key in number:
                return number[key] if sign == 1 else ~number[key]
        number[tuple(piece)] = len(pieces)
        pieces.append(piece)
        return len(pieces) - 1

    def cut(ring):
        first = next((i for i, p in enumerate(ring) if p in meets), ring.index(min(ring)))
        ring = ring[first:] + ring[: first + 1]
        ends = [0, *(i for i in range(1, len(ring) - 1) if ring[i] in meets), len(ring) - 1]
        return [store(ring[a : b + 1]) for a, b in pairwise(ends)]

    return pieces, {
        code: [[cut(ring) for ring in polygon] for polygon in polygons]
        for code, polygons in shapes.items()
    }


def bends(points):
    """How much each point matters: the km² of the triangle that goes with it (Visvalingam)."""
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    weight = [math.inf] * (last + 1)

    def triangle(i):
        (x0, y0), (x1, y1), (x2, y2) = points[before[i]], points[i], points[after[i]]
        ax, bx = (x1 - x0 + 180) % 360 - 180, (x2 - x0 + 180) % 360 - 180
        return abs(ax * (y2 - y0) - bx * (y1 - y0)) / 2 * KM * KM * math.cos(math.radians(y1))

    now = {i: triangle(i) for i in range(1, last)}
    heap = [(size, i) for i, size in now.items()]
    heapq.heapify(heap)
    largest = 0.0
    while heap:
        size, i = heapq.heappop(heap)
        if now.get(i) != size:
            continue  # superseded: a neighbour has gone since
        del now[i]
        weight[i] = largest = max(largest, size)
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in now:
                now[j] = triangle(j)
                heapq.heappush(heap, (now[j], j))
    return weight


def rounded(points, weight, limit):
    """The points that matter, on the grid, as (column, row) counted from (-180, -90)."""
    if points[0] == points[-1]:  # an island keeps four corners, however small it is
        limit = min(limit, *sorted(weight[1:-1], reverse=True)[:4][-1:])
    grid = [
        (round((x + 180) / GRID), round((y + 90) / GRID))
        for (x, y), w in zip(points, weight, strict=True)
        if w >= limit
    ]
    kept = grid[:1] + [p for before, p in pairwise(grid) if p != before]
    return kept if len(kept) > 1 else kept * 2


def box(points):
    """The box around an island on the grid, a square of it at least: for what the grid swallows."""
    xs, ys = zip(*points, strict=True)
    west, south, east, north = (
        min(xs),
        min(ys),
        max(max(xs), min(xs) + 1),
        max(max(ys), min(ys) + 1),
    )
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]


def degrees(ring, pieces):
    """(longitude, latitude) of a ring of piece numbers, not closed."""
    points = []
    for n in ring:
        points += (pieces[n] if n >= 0 else pieces[~n][::-1])[:-1]
    points = [p for before, p in zip(points[-1:] + points[:-1], points, strict=True) if p != before]
    return [(x * GRID - 180, y * GRID - 90) for x, y in points]


def straight(ring):
    """The ring as it runs on past the antimeridian, for geometry that knows a flat map only."""
    east = max(x for x, _ in ring) - min(x for x, _ in ring) > 180
    return [(x + 360 if east and x < 0 else x, y) for x, y in ring]


def drop_islets(shapes, degree, small):
    """Leave out the islands nobody can see, never an area and never a shape others border on."""
    used = defaultdict(int)
    for polygons in shapes.values():
        for polygon in polygons:
            for point in {p for ring in polygon for p in ring}:
                used[point] += 1
    for code, polygons in shapes.items():
        sizes = [abs(km2([degree(p) for p in polygon[0]])) for polygon in polygons]
        kept = KEPT_OF_SMALL if code in small else KEPT_ISLETS
        least = min(ISLET, *sorted(sizes, reverse=True)[:kept][-1:])
        shapes[code] = [
            polygon
            for polygon, size in zip(polygons, sizes, strict=True)
            if size >= least or any(used[p] > 1 for p in polygon[0])
        ]


def coarsened(pieces, shapes, degree, small):
    """The pieces with fewer points, each area still a proper shape that turns the same way.

    Returns them twice: as they are drawn, and still coarser for the land behind them.
    """
    fine = {
        (n if n >= 0 else ~n)
        for code in small
        for polygon in shapes[code]
        for ring in polygon
        for n in ring
    }
    limits = [FINE if n in fine else COARSE for n in range(len(pieces))]
    points = [[degree(p) for p in piece] for piece in pieces]
    weights = [bends(piece) for piece in points]
    done = [rounded(*each) for each in zip(points, weights, limits, strict=True)]
    for factor in (1 / 2, 1 / 4, 2, 1 / 8, 3, 4, 6, 8, 12, 16, None):
        bad = {
            (n if n >= 0 else ~n)
            for polygons in shapes.values()
            for polygon in polygons
            if not proper([degrees(ring, done) for ring in polygon])
            for ring in polygon
            for n in ring
        }
        for n in bad:  # a coast crosses itself: try more bends, then fewer, ...
            done[n] = rounded(points[n], weights[n], limits[n] * (factor or 1))
            square = box(done[n])
            if not factor and done[n][0] == done[n][-1] and km2(degrees([0], [square])) < BOX:
                done[n] = square  # ... at last a box; a large one that touches itself may stay
    return done, [rounded(*each, BEHIND) for each in zip(points, weights, strict=True)]


def proper(rings):
    """Whether rings of (longitude, latitude) make a polygon that d3 and a flat map both draw."""
    if any(len(ring) < 3 for ring in rings) or km2(rings[0]) <= 0:
        return False
    flat = [straight(ring) for ring in rings]
    return shapely.is_valid(shapely.Polygon(flat[0], flat[1:]))


def label_point(polygons):
    """(longitude, latitude) in the middle of the largest of the polygons, always inside it."""
    rings = max(polygons, key=lambda polygon: km2(polygon[0]))
    flat = [straight(ring) for ring in rings]
    shape = shapely.Polygon(flat[0], flat[1:])
    squeeze = math.cos(math.radians(shape.centroid.y))
    squeezed = shapely.transform(shape, lambda p: p * [squeeze, 1])
    middle = shapely.maximum_inscribed_circle(squeezed, tolerance=0.01).coords[0]
    x = middle[0] / squeeze
    return round(x - 360 if x > 180 else x, 2), round(middle[1], 2)


def too_small(polygons):
    """Whether the largest island of an area is under SMALL pixels wide on a map of the world."""
    largest = max(km2(polygon[0]) for polygon in polygons)
    return math.sqrt(largest) < SMALL * 360 * KM / 1000


def topology(shapes, pieces, coarse, points, members):
    """TopoJSON: the areas one by one, and what lies behind them when only some are drawn."""
    arcs, number = [], {}

    def numbered(rings, source):
        """Rings of piece numbers as rings of arc numbers; an arc is stored when first used."""
        return [[place(n, source) if n >= 0 else ~place(~n, source) for n in r] for r in rings]

    def place(n, source):
        if (n, id(source)) not in number:
            piece = source[n]
            steps = [[b[0] - a[0], b[1] - a[1]] for a, b in pairwise(piece)]
            number[n, id(source)] = len(arcs)
            arcs.append([list(piece[0]), *steps])
        return number[n, id(source)]

    def layer(kind, arcs):
        return {"type": "GeometryCollection", "geometries": [{"type": kind, "arcs": arcs}]}

    areas = [
        {
            "type": "MultiPolygon",
            "id": code,
            "properties": {"ct": list(points[code])},
            "arcs": [numbered(polygon, pieces) for polygon in polygons],
        }
        for code, polygons in sorted(shapes.items())
    ]
    others = [polygon for area in areas if area["id"] not in members for polygon in area["arcs"]]
    broad = [
        polygon
        for polygons in shapes.values()
        for polygon in polygons
        if km2(degrees(polygon[0], pieces)) > BEHIND and proper([degrees(polygon[0], coarse)])
    ]
    times = Counter(n if n >= 0 else ~n for polygon in broad for ring in polygon for n in ring)
    borders = [[n] for n, drawn in times.items() if drawn > 1]
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": areas},
            "ocean": layer("MultiPolygon", others),
            "land": layer("MultiPolygon", [numbered(polygon, coarse) for polygon in broad]),
            "coastlines": layer("MultiLineString", numbered(borders, coarse)),
        },
        "arcs": arcs,
    }


def main(source):
    """Read the source's file, write the two files, say how large the first is."""
    shapes, degree = read(source)
    with open(HERE / "countries.csv", encoding="utf-8", newline="") as file:
        members = [row["iso3"] for row in csv.DictReader(file)]
    with open(HERE / "map_areas.csv", encoding="utf-8", newline="") as file:
        others = list(csv.DictReader(file))
    del shapes["ATA"]
    unlisted = set(shapes) - set(members) - {row["area"] for row in others}
    if unlisted or set(members) - set(shapes) != set(WITHOUT_SHAPE):
        raise SystemExit(f"areas the lists do not know: {sorted(unlisted)}")
    for row in others:
        if row["drawn_with"]:
            shapes[row["drawn_with"]] += shapes.pop(row["area"])

    exact = {
        code: [[[degree(p) for p in ring] for ring in polygon] for polygon in polygons]
        for code, polygons in shapes.items()
    }
    small = {code for code, polygons in exact.items() if too_small(polygons)}
    drop_islets(shapes, degree, small)
    pieces, shapes = arcs_of(shapes)
    pieces, coarse = coarsened(pieces, shapes, degree, small)
    points = {
        code: label_point([[degrees(ring, pieces) for ring in polygon] for polygon in polygons])
        for code, polygons in shapes.items()
    }
    text = json.dumps(topology(shapes, pieces, coarse, points, members), separators=(",", ":"))
    OUT.write_text(text, encoding="utf-8")

    with open(POINTS, "w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["country", "latitude", "longitude", "small"])
        for code in members:
            lon, lat = points.get(code) or WITHOUT_SHAPE[code][::-1]
            tiny = code in small or code in WITHOUT_SHAPE
            write.writerow([code, f"{lat:.2f}", f"{lon:.2f}", "yes" if tiny else "no"])
    print(f"{len(shapes)} areas, {sum(map(len, pieces))} points, {len(text)} bytes,", end=" ")
    print(f"{len(gzip.compress(text.encode(), 6))} compressed; {len(small)} small areas")


if __name__ == "__main__":
    main(*sys.argv[1:])
