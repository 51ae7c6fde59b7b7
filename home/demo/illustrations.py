"""Draws the demo's pictures: routes, fields and horizons as abstract shapes in the site's palette.

The organisation's own photographs and logo are not ours to copy, and a stock photograph says nothing. Each picture
follows from its name alone, so that every machine draws the same one.
"""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageOps

Colour = tuple[int, int, int]
Point = tuple[float, float]

NIGHT: Colour = (8, 26, 61)
DEEP: Colour = (10, 42, 92)
BLUE: Colour = (18, 74, 158)
AZURE: Colour = (72, 128, 205)
MIST: Colour = (176, 202, 232)
PAPER: Colour = (247, 242, 230)
SAND: Colour = (233, 219, 188)
AMBER: Colour = (240, 166, 78)
CLAY: Colour = (194, 92, 40)
MOSS: Colour = (92, 124, 98)
PINE: Colour = (36, 78, 82)

# Shapes are drawn larger and scaled down once, which smooths every edge.
SUPERSAMPLING = 2


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that lies `share` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """A drawing surface measured in heights, so that a motif keeps its shapes in every ratio."""

    def __init__(self, size: tuple[int, int], background: Colour):
        self.size = size
        self.pixels = (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING)
        self.width = size[0] / size[1]
        self.image = Image.new("RGB", self.pixels, background)
        self.pen = ImageDraw.Draw(self.image)

    def scaled(self, points: list[Point]) -> list[Point]:
        unit = self.pixels[1]
        return [(x * unit, y * unit) for x, y in points]

    def gradient(self, top: Colour, bottom: Colour, start: float = 0, end: float = 1) -> None:
        """Fills the band between two heights with a smooth change of colour."""
        height = round((end - start) * self.pixels[1])
        strip = Image.new("RGB", (1, height))
        for row in range(height):
            strip.putpixel((0, row), mix(top, bottom, row / max(height - 1, 1)))
        self.image.paste(strip.resize((self.pixels[0], height)), (0, round(start * self.pixels[1])))

    def polygon(self, points: list[Point], colour: Colour) -> None:
        self.pen.polygon(self.scaled(points), fill=colour)

    def line(self, points: list[Point], colour: Colour, width: float) -> None:
        """A line with round joints and round ends."""
        thickness = max(round(width * self.pixels[1]), 1)
        self.pen.line(self.scaled(points), fill=colour, width=thickness, joint="curve")
        for end in (points[0], points[-1]):
            self.disc(end, width / 2, colour)

    def dashes(self, points: list[Point], colour: Colour, width: float, on: int = 3, off: int = 3) -> None:
        for start in range(0, len(points) - on, on + off):
            self.line(points[start : start + on + 1], colour, width)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        (x, y), unit = centre, self.pixels[1]
        box = [(x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit]
        self.pen.ellipse(box, fill=colour)

    def glow(self, centre: Point, radius: float, colour: Colour, opacity: float) -> None:
        """A disc that what lies behind it shines through."""
        (x, y), unit = centre, self.pixels[1]
        side = round(radius * 2 * unit)
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).ellipse([0, 0, side - 1, side - 1], fill=round(opacity * 255))
        self.image.paste(colour, (round((x - radius) * unit), round((y - radius) * unit)), mask)

    def ring(self, centre: Point, radius: float, colour: Colour, width: float) -> None:
        (x, y), unit = centre, self.pixels[1]
        box = [(x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit]
        self.pen.ellipse(box, outline=colour, width=max(round(width * unit), 1))

    def arch(self, left: float, base: float, width: float, height: float, colour: Colour) -> None:
        """A doorway: a rectangle under a half circle, `height` high in all."""
        radius = width / 2
        self.disc((left + radius, base - height + radius), radius, colour)
        corners = [(left, base), (left, base - height + radius), (left + width, base - height + radius)]
        self.polygon([*corners, (left + width, base)], colour)

    def mirror(self) -> None:
        self.image = ImageOps.mirror(self.image)

    def encoded(self) -> bytes:
        buffer = io.BytesIO()
        finished = self.image.reduce(SUPERSAMPLING)
        finished.save(buffer, "JPEG", quality=90, subsampling=0, optimize=True)
        return buffer.getvalue()


def curve(start: Point, bend: Point, end: Point, steps: int = 96) -> list[Point]:
    """A quadratic Bézier curve as a list of points."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]))
    return points


def ridge(rng: random.Random, width: float, level: float, swell: float, steps: int = 160) -> list[Point]:
    """A gently rolling skyline from the left edge to the right one."""
    waves = [
        (rng.uniform(0.7, 1.3) * frequency, rng.uniform(0, math.tau), 1 / frequency**0.9)
        for frequency in (1.1, 2.3, 4.1)
    ]
    points = []
    for step in range(steps + 1):
        x = width * step / steps
        rise = sum(weight * math.sin(frequency * x * 2.2 + phase) for frequency, phase, weight in waves)
        points.append((x, level + swell * rise))
    return points


def hill(canvas: Canvas, skyline: list[Point], colour: Colour) -> None:
    canvas.polygon([*skyline, (canvas.width, 1.01), (0, 1.01)], colour)


def draw_horizon(canvas: Canvas, rng: random.Random) -> None:
    """Hills behind hills at first light, and a way across the sky above them."""
    canvas.gradient(DEEP, BLUE, 0, 0.26)
    canvas.gradient(BLUE, mix(AZURE, MIST, 0.35), 0.26, 0.46)
    canvas.gradient(mix(AZURE, MIST, 0.35), mix(SAND, AMBER, 0.25), 0.46, 0.66)
    sun = (canvas.width * rng.uniform(0.45, 0.78), rng.uniform(0.44, 0.54))
    for radius in (0.4, 0.3, 0.22):
        canvas.glow(sun, radius, AMBER, 0.16)
    canvas.disc(sun, 0.15, AMBER)
    way = curve((-0.05, 0.44), (canvas.width * 0.4, -0.06), (canvas.width * 1.02, 0.2), 150)
    canvas.dashes(way, PAPER, 0.005)
    for share in (0.14, 0.42, 0.86):
        stop = way[round(share * (len(way) - 1))]
        canvas.disc(stop, 0.015, PAPER)
        canvas.disc(stop, 0.008, CLAY)
    layers = [(0.58, 0.035, mix(AZURE, MIST, 0.45)), (0.65, 0.04, AZURE), (0.73, 0.045, BLUE)]
    for level, swell, colour in [*layers, (0.82, 0.04, DEEP), (0.92, 0.03, NIGHT)]:
        hill(canvas, ridge(rng, canvas.width, level, swell), colour)


def draw_fields(canvas: Canvas, rng: random.Random) -> None:
    """Tilled land under a high horizon, each strip ploughed towards the same far point."""
    horizon = 0.3
    canvas.gradient(MIST, PAPER, 0, horizon)
    canvas.disc((canvas.width * rng.uniform(0.2, 0.34), horizon - 0.06), 0.1, AMBER)
    hill(canvas, ridge(rng, canvas.width, horizon - 0.03, 0.022), mix(AZURE, MIST, 0.3))
    hill(canvas, ridge(rng, canvas.width, horizon + 0.005, 0.012), BLUE)
    vanishing = (canvas.width * rng.uniform(0.58, 0.7), horizon - 0.06)
    colours = [MOSS, SAND, PINE, AMBER, BLUE, mix(MOSS, SAND, 0.55), CLAY, DEEP, mix(PINE, MOSS, 0.5)]
    rng.shuffle(colours)
    edges = [-1.9, -1.1, -0.55, -0.2, 0.12, 0.42, 0.78, 1.2, 1.85, 2.9]
    edges = [vanishing[0] + (edge + rng.uniform(-0.04, 0.04)) * canvas.width * 0.8 for edge in edges]

    def at(foot: float, height: float) -> Point:
        share = (height - vanishing[1]) / (1.02 - vanishing[1])
        return vanishing[0] + (foot - vanishing[0]) * share, height

    top = horizon + 0.035
    for colour, left, right in zip(colours, edges, edges[1:], strict=False):
        canvas.polygon([at(left, top), at(right, top), at(right, 1.02), at(left, 1.02)], colour)
        furrow = mix(colour, NIGHT if sum(colour) > 330 else MIST, 0.16)
        for row in range(1, 9):
            foot = left + (right - left) * row / 9
            canvas.polygon([at(foot, top), at(foot - 0.004, 1.02), at(foot + 0.004, 1.02)], furrow)
    # A lane across the strips keeps them from reading as mere stripes.
    level = rng.uniform(0.52, 0.6)
    lane = curve(
        (-0.05, level + 0.12), (canvas.width * 0.5, level - 0.1), (canvas.width + 0.05, level + 0.02)
    )
    canvas.line(lane, PAPER, 0.014)
    for share in (0.22, 0.47, 0.71):
        x, y = lane[round(share * (len(lane) - 1))]
        canvas.disc((x, y - 0.035), 0.028, PINE)
        canvas.disc((x + 0.035, y - 0.024), 0.02, mix(PINE, MOSS, 0.6))


def draw_routes(canvas: Canvas, rng: random.Random) -> None:
    """Places and the ways between them, as on a map that names nothing."""
    canvas.gradient(DEEP, NIGHT)
    for index in range(9):
        skyline = ridge(rng, canvas.width, 0.06 + index * 0.12, 0.03)
        canvas.line(skyline, mix(DEEP, BLUE, 0.42), 0.0022)
    hub = (canvas.width * rng.uniform(0.48, 0.72), rng.uniform(0.42, 0.62))
    for index, radius in enumerate((0.12, 0.21, 0.31)):
        canvas.ring(hub, radius, mix(BLUE, AZURE, 0.55 - index * 0.18), 0.003)
    count = 9
    for index in range(count):
        angle = math.tau * (index + rng.uniform(-0.25, 0.25)) / count
        reach = rng.uniform(0.42, 0.62)
        place = (hub[0] + math.cos(angle) * reach * canvas.width * 0.62, hub[1] + math.sin(angle) * reach)
        middle = ((hub[0] + place[0]) / 2, (hub[1] + place[1]) / 2 - rng.uniform(0.1, 0.24))
        way = curve(place, middle, hub)
        main = index % 3 == 0
        if main:
            canvas.line(way, AMBER, 0.0075)
        elif index % 3 == 1:
            canvas.line(way, MIST, 0.005)
        else:
            canvas.dashes(way, AZURE, 0.005)
        canvas.disc(place, 0.019 if main else 0.013, PAPER if main else MIST)
        if main:
            canvas.disc(place, 0.009, CLAY)
    canvas.disc(hub, 0.05, PAPER)
    canvas.disc(hub, 0.03, AMBER)
    canvas.disc(hub, 0.012, NIGHT)


def draw_shelter(canvas: Canvas, rng: random.Random) -> None:
    """A row of doorways at dusk; the light is on in some."""
    canvas.gradient(mix(SAND, PAPER, 0.5), mix(AMBER, SAND, 0.6), 0, 0.86)
    canvas.disc((canvas.width * rng.uniform(0.72, 0.8), 0.3), 0.15, AMBER)
    hill(canvas, ridge(rng, canvas.width, 0.56, 0.03), mix(MIST, AZURE, 0.35))
    base, left, index = 0.86, -0.06, 0
    doorways = []
    walls = [DEEP, BLUE, NIGHT, mix(BLUE, AZURE, 0.5), DEEP, PINE]
    while left < canvas.width:
        width, height = rng.uniform(0.24, 0.36), rng.uniform(0.36, 0.62)
        wall = walls[index % len(walls)]
        canvas.arch(left, base, width, height, wall)
        inset = width * 0.28
        lit = index % 3 != 1
        light = mix(AMBER, PAPER, 0.35) if lit else mix(wall, MIST, 0.28)
        canvas.arch(left + inset, base, width - 2 * inset, height * 0.55, light)
        if lit:
            doorways.append((left + inset, left + width - inset))
        left += width + 0.018
        index += 1
    canvas.polygon([(0, base), (canvas.width, base), (canvas.width, base + 0.012), (0, base + 0.012)], NIGHT)
    ground = mix(SAND, CLAY, 0.32)
    canvas.polygon([(0, base + 0.012), (canvas.width, base + 0.012), (canvas.width, 1.01), (0, 1.01)], ground)
    for left, right in doorways:
        ray = [(left, base + 0.012), (right, base + 0.012), (right + 0.05, 1.01), (left - 0.05, 1.01)]
        canvas.polygon(ray, mix(ground, AMBER, 0.6))


def draw_river(canvas: Canvas, rng: random.Random) -> None:
    """Streams from both sides that run on as one."""
    canvas.gradient(PAPER, mix(PAPER, SAND, 0.7))
    meeting = (canvas.width * rng.uniform(0.36, 0.66), rng.uniform(0.44, 0.6))
    shades = [NIGHT, DEEP, BLUE, AZURE, MIST, AMBER, CLAY, mix(BLUE, AZURE, 0.5)]
    first = rng.randrange(len(shades))
    shades = shades[first:] + shades[:first]
    for index, colour in enumerate(shades):
        offset = (index - (len(shades) - 1) / 2) * 0.052
        source = 0.5 + offset * rng.uniform(2.4, 3.4)
        mouth = 0.46 + offset * rng.uniform(1.3, 1.7)
        upper, lower = [], []
        for step in range(201):
            x = -0.05 + (canvas.width + 0.1) * step / 200
            near = math.exp(-(((x - meeting[0]) / (canvas.width * 0.34)) ** 2))
            far = source if x < meeting[0] else mouth
            y = far + (meeting[1] + offset - far) * near
            upper.append((x, y - 0.0225))
            lower.append((x, y + 0.0225))
        canvas.polygon([*upper, *reversed(lower)], colour)


def draw_figures(canvas: Canvas, rng: random.Random) -> None:
    """A field of dots whose size swells and falls, as numbers do."""
    canvas.gradient(NIGHT, DEEP)
    step = 0.0715
    columns, rows = math.ceil(canvas.width / step) + 1, math.ceil(1 / step) + 1
    peak, low = rng.uniform(0.5, 0.82), rng.uniform(0.12, 0.38)
    for column in range(columns):
        x = (column + 0.2) * step
        crest = 0.62 - 0.34 * math.exp(-(((x / canvas.width) - peak) ** 2) / 0.03)
        crest -= 0.16 * math.exp(-(((x / canvas.width) - low) ** 2) / 0.012)
        for row in range(rows):
            y = (row + 0.3) * step
            depth = y - crest
            if depth < 0:
                canvas.disc((x, y), 0.0045, mix(DEEP, AZURE, 0.45))
                continue
            size = 0.03 * math.exp(-depth * 1.5)
            colour = AMBER if depth < step else mix(AZURE, BLUE, min(depth * 1.6, 1))
            canvas.disc((x, y), size, mix(colour, PAPER, 0.3) if depth < step * 0.4 else colour)


def draw_bridge(canvas: Canvas, rng: random.Random) -> None:
    """Arches over water, and their reflection."""
    water = 0.62
    canvas.gradient(mix(MIST, PAPER, 0.35), PAPER, 0, water)
    canvas.gradient(AZURE, DEEP, water, 1)
    sun = (canvas.width * rng.uniform(0.2, 0.5), rng.uniform(0.2, 0.3))
    canvas.disc(sun, rng.uniform(0.08, 0.14), AMBER)
    hill_line = ridge(rng, canvas.width, 0.5, 0.03)
    canvas.polygon([*hill_line, (canvas.width, water), (0, water)], mix(AZURE, MIST, 0.35))
    deck = 0.4
    canvas.polygon([(0, deck), (canvas.width, deck), (canvas.width, water), (0, water)], DEEP)
    span = canvas.width / rng.choice([3, 4, 5, 6])
    index = 0
    while index * span < canvas.width:
        left = index * span + span * 0.09
        opening = span * 0.82
        height = min(opening * 0.62, water - deck - 0.03)
        box = [left, water - height, left + opening, water + height]
        bounds = [value * canvas.pixels[1] for value in box]
        canvas.pen.pieslice(bounds, 180, 360, fill=mix(PAPER, SAND, 0.5))
        canvas.pen.pieslice(bounds, 0, 180, fill=mix(AZURE, MIST, 0.45))
        index += 1
    canvas.polygon([(0, deck - 0.02), (canvas.width, deck - 0.02), (canvas.width, deck), (0, deck)], CLAY)
    for level in (0.7, 0.78, 0.86, 0.94):
        for _ in range(round(3 * canvas.width)):
            x, length = rng.uniform(0, canvas.width), rng.uniform(0.06, 0.2)
            canvas.line([(x, level), (x + length, level)], mix(AZURE, MIST, 0.35), 0.004)


MOTIFS: dict[str, Callable[[Canvas, random.Random], None]] = {
    "bridge": draw_bridge,
    "fields": draw_fields,
    "figures": draw_figures,
    "horizon": draw_horizon,
    "river": draw_river,
    "routes": draw_routes,
    "shelter": draw_shelter,
}


def draw(name: str, size: tuple[int, int]) -> bytes:
    """Draws a JPEG of that size; a name such as `fields-spring` chooses the motif by its first word."""
    rng = random.Random(name)  # noqa: S311 (a seed for shapes, no secret)
    motif = MOTIFS.get(name.partition("-")[0]) or MOTIFS[rng.choice(sorted(MOTIFS))]
    canvas = Canvas(size, PAPER)
    motif(canvas, rng)
    # Two pictures of one motif in a list are told apart at a glance.
    if rng.random() < 0.5:
        canvas.mirror()
    return canvas.encoded()
