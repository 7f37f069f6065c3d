//! Draws a face of simple shapes. The colours are not those of skin and hair, so that nobody takes the drawing for a
//! photograph.

use embedded_graphics::Drawable as _;
use embedded_graphics::geometry::{Angle, Point, Size};
use embedded_graphics::pixelcolor::Rgb888;
use embedded_graphics::primitives::{
    Arc, Circle, Line, Primitive as _, PrimitiveStyle, Rectangle, RoundedRectangle, Triangle,
};

use super::super::dice::Dice;
use super::canvas::DemoCanvas;
use super::lettering::signed;

const INK: Rgb888 = Rgb888::new(30, 34, 52);
const WHITE: Rgb888 = Rgb888::new(255, 255, 255);
const GROUNDS: [Rgb888; 4] =
    [Rgb888::new(236, 240, 244), Rgb888::new(244, 238, 226), Rgb888::new(230, 242, 234), Rgb888::new(242, 232, 240)];
const FACES: [Rgb888; 5] = [
    Rgb888::new(190, 220, 240),
    Rgb888::new(200, 232, 200),
    Rgb888::new(240, 214, 180),
    Rgb888::new(226, 204, 240),
    Rgb888::new(246, 232, 160),
];
const HAIRS: [Rgb888; 5] = [
    Rgb888::new(60, 70, 120),
    Rgb888::new(120, 60, 70),
    Rgb888::new(50, 100, 90),
    Rgb888::new(110, 110, 120),
    Rgb888::new(150, 110, 40),
];

/// Draws a face into the rectangle `place`. The random numbers of `dice` determine how the face looks: the same numbers
/// give the same face.
pub(super) fn draw(canvas: &mut DemoCanvas, place: Rectangle, dice: &mut Dice) {
    let pick = |dice: &mut Dice, from: &[Rgb888]| dice.choose(from).copied().unwrap_or(WHITE);
    let (ground, skin, hair, coat) = (pick(dice, &GROUNDS), pick(dice, &FACES), pick(dice, &HAIRS), pick(dice, &HAIRS));
    canvas.fill(place, ground);
    let sketch = &mut Sketch { canvas, place };

    sketch.ellipse((500, 1_080), (860, 520), coat);
    sketch.ellipse((500, 800), (230, 260), skin);
    let (width, height) = (between(dice, 420, 540), between(dice, 540, 640));
    let style = dice.number_below(4);
    if style == 1 {
        sketch.ellipse((500, 560), (width + 180, height + 330), hair);
    }
    sketch.ellipse((500 - width / 2, 500), (90, 130), skin);
    sketch.ellipse((500 + width / 2, 500), (90, 130), skin);
    if style != 3 {
        sketch.ellipse((500, 400), (width + 60, height + 40), hair);
    }
    sketch.ellipse((500, 500), (width, height), skin);
    if style == 2 {
        sketch.ellipse((500, 500 - height / 2 + 30), (width - 60, 130), hair);
    }

    let (apart, eye) = (between(dice, 95, 130), between(dice, 60, 90));
    let slant = between(dice, -18, 18);
    let glasses = dice.percent(35);
    for side in [-1, 1] {
        let x = 500 + side * apart;
        sketch.ellipse((x, 470), (eye + 30, eye), WHITE);
        sketch.ellipse((x, 472), (eye / 2, eye / 2), INK);
        sketch.line((x - 60, 405 + side * slant), (x + 60, 405 - side * slant));
        if glasses {
            sketch.ring((x, 470), 170);
        }
    }
    if glasses {
        sketch.line((500 - apart + 85, 460), (500 + apart - 85, 460));
    }
    let nose = between(dice, 24, 60);
    if dice.percent(50) {
        sketch.line((500, 490), (500 - nose, 580));
        sketch.line((500 - nose, 580), (500 + 10, 585));
    } else {
        sketch.triangle([(500, 500), (500 - nose, 580), (500 + nose, 580)], coat);
    }
    let mouth = between(dice, 110, 200);
    match dice.number_below(3) {
        0 => sketch.line((500 - mouth / 2, 670), (500 + mouth / 2, 670)),
        1 => sketch.smile((500, 640), mouth),
        _ => sketch.ellipse((500, 670), (mouth, 36), coat),
    }
    if dice.percent(25) {
        sketch.ellipse((500, 500 + height / 2 - 20), (150, 90), hair);
    }
}

fn between(dice: &mut Dice, low: i64, high: i64) -> i32 {
    i32::try_from(dice.number_between(low, high)).unwrap_or(0)
}

/// A rectangle on a canvas in which something is drawn. All positions and sizes are in thousandths of the width and the
/// height of this rectangle.
struct Sketch<'a> {
    canvas: &'a mut DemoCanvas,
    place: Rectangle,
}

impl Sketch<'_> {
    fn at(&self, (x, y): (i32, i32)) -> Point {
        self.place.top_left
            + Point::new(x * signed(self.place.size.width) / 1_000, y * signed(self.place.size.height) / 1_000)
    }

    fn size(&self, (width, height): (i32, i32)) -> Size {
        let part = |share: i32, whole: u32| u32::try_from(share).unwrap_or(0) * whole / 1_000;
        Size::new(part(width, self.place.size.width), part(height, self.place.size.height))
    }

    fn stroke(&self) -> u32 {
        (self.place.size.width / 100).max(2)
    }

    fn outline(&self) -> PrimitiveStyle<Rgb888> {
        PrimitiveStyle::with_stroke(INK, self.stroke())
    }

    /// Draws an ellipse with its middle at `centre`, filled with the colour `fill` and with a dark edge. Positions and
    /// sizes are in thousandths of the width and height of the sketch.
    fn ellipse(&mut self, centre: (i32, i32), size: (i32, i32), fill: Rgb888) {
        let (centre, size, edge) = (self.at(centre), self.size(size), 2 * self.stroke());
        self.disc(centre, size, INK);
        self.disc(centre, size.saturating_sub(Size::new_equal(edge)), fill);
    }

    /// Fills an ellipse with the colour `fill`, row by row. The ellipses of the drawing library cannot be used, since
    /// its numbers overflow for shapes of this size.
    fn disc(&mut self, centre: Point, size: Size, fill: Rgb888) {
        let (wide, high) = (i64::from(size.width / 2), i64::from(size.height / 2));
        for row in -high..=high {
            let square = (high * high - row * row).max(0).isqrt() * wide / high.max(1);
            let (half, row) = (i32::try_from(square).unwrap_or(0), i32::try_from(row).unwrap_or(0));
            let line = Rectangle::with_corners(centre + Point::new(-half, row), centre + Point::new(half, row));
            self.canvas.fill(line.intersection(&self.place), fill);
        }
    }

    fn ring(&mut self, centre: (i32, i32), width: i32) {
        let shape = Circle::with_center(self.at(centre), self.size((width, 0)).width).into_styled(self.outline());
        let Ok(()) = shape.draw(self.canvas);
    }

    fn line(&mut self, from: (i32, i32), to: (i32, i32)) {
        let Ok(()) = Line::new(self.at(from), self.at(to)).into_styled(self.outline()).draw(self.canvas);
    }

    fn smile(&mut self, centre: (i32, i32), width: i32) {
        let diameter = self.size((width, 0)).width;
        let arc = Arc::with_center(self.at(centre), diameter, Angle::from_degrees(20.0), Angle::from_degrees(140.0));
        let Ok(()) = arc.into_styled(self.outline()).draw(self.canvas);
    }

    fn triangle(&mut self, corners: [(i32, i32); 3], fill: Rgb888) {
        let [one, two, three] = corners.map(|corner| self.at(corner));
        let Ok(()) = Triangle::new(one, two, three).into_styled(PrimitiveStyle::with_fill(fill)).draw(self.canvas);
    }
}

/// Draws the border of a rectangle with round corners, just inside of the rectangle `place`.
pub(super) fn frame(canvas: &mut DemoCanvas, place: Rectangle, colour: Rgb888) {
    let shape = RoundedRectangle::with_equal_corners(place, Size::new_equal(24));
    let Ok(()) = shape.into_styled(PrimitiveStyle::with_stroke(colour, 4)).draw(canvas);
}
