//! The positions in the picture of an identity document at which the OCR read its texts, from the coordinates in
//! `OCR_raw`.
//!
//! The service documents neither the unit of the coordinates nor the picture to which they belong. This program assumes
//! pixels of the document's front.

use super::provenance::{FieldSource, OcrItem, Provenance, SourceCell};
use super::{Document, Field, masking};
use crate::text::{Mask, Safe};

/// Names of the four corners in the member `coordinates` of an item of `OCR_raw`.
const CORNERS: [&str; 4] = ["first", "second", "third", "fourth"];

/// The positions of the texts that the OCR read in the picture of a document, and the rotation of the picture.
#[derive(Debug, Default)]
pub struct OcrPlaces {
    /// The rotation of the document in the picture, as sent, in degrees. It is 0 if none was sent or it is no number.
    pub degrees: f64,
    /// The position of each item of `OCR_raw` that has coordinates, in the order sent.
    pub places: Vec<OcrPlace>,
}

/// The position on the document's front of one text that the OCR read.
#[derive(Clone, Debug)]
pub struct OcrPlace {
    /// The name of the OCR item for the screen, masked if the mask level requires it.
    pub name: Safe,
    /// The x and y coordinates of the text's four corners, as sent. `None` if the coordinates are not four corners with
    /// numbers.
    pub corners: Option<[(f64, f64); 4]>,
    /// Whether the mask level hides a part of the text, or no text was sent.
    pub is_hidden: bool,
    /// Paths of the fields that the OCR tab shows for this text: those of the OCR item, and those of the values with
    /// which the text is compared.
    paths: Vec<String>,
}

impl OcrPlaces {
    /// Reads the positions of the OCR texts from the record of a submission. `mask` is the mask level of the screen.
    pub fn of(record: &Document, mask: Mask) -> Self {
        let provenance = Provenance::of(record, mask);
        let rotation = provenance.rotation.as_ref().and_then(|field| {
            field.number().or_else(|| field.text()?.trim().parse().ok()).filter(|degrees: &f64| degrees.is_finite())
        });
        let places = provenance.items.iter().filter_map(|item| place(item, &provenance, mask)).collect();
        Self { degrees: rotation.unwrap_or_default(), places }
    }

    /// Returns the positions, with the texts to which the field at `path` belongs no longer marked as hidden. The
    /// caller does this when the user has revealed the field, because the OCR tab then shows all values with which it
    /// is compared.
    #[must_use]
    pub fn with_revealed(mut self, path: &str) -> Self {
        let revealed = self.places.iter_mut().filter(|place| place.paths.iter().any(|own| own == path));
        revealed.for_each(|place| place.is_hidden = false);
        self
    }

    /// Returns the position of the text to which the field at `path` belongs in the OCR tab. Returns `None` if it has
    /// no known position.
    pub fn of_field(&self, path: &str) -> Option<&OcrPlace> {
        self.places.iter().find(|place| place.paths.iter().any(|own| own == path))
    }
}

fn place(item: &OcrItem<'_>, provenance: &Provenance<'_>, mask: Mask) -> Option<OcrPlace> {
    let coordinates = item.coordinates.as_ref()?;
    let own = [&item.value, &item.score, &item.accepted, &item.coordinates];
    let mut paths: Vec<String> = own.into_iter().flatten().map(|field| field.path().to_owned()).collect();
    if let Some(value) = &item.value {
        let parts = |cell: &SourceCell<'_>| match cell {
            SourceCell::Value(value) => value.parts.iter().map(|part| part.path().to_owned()).collect(),
            SourceCell::Missing | SourceCell::Nowhere => Vec::new(),
        };
        let compared = provenance.fields.iter().find(|field| {
            let raw: Vec<String> = parts(&field.cells[FieldSource::Raw]);
            raw.iter().any(|path| path == value.path())
        });
        paths.extend(compared.into_iter().flat_map(|field| field.cells.values().flat_map(parts)));
    }
    let is_hidden = mask != Mask::None && item.value.as_ref().is_none_or(|value| masking::hides_any(value, mask));
    Some(OcrPlace { name: item.name.clone(), corners: corners(coordinates), is_hidden, paths })
}

fn corners(coordinates: &Field<'_>) -> Option<[(f64, f64); 4]> {
    let number = |corner: &Field<'_>, key| {
        let field = corner.child(key)?;
        field.number().or_else(|| field.text()?.trim().parse().ok())
    };
    let corner = |name| {
        let corner = coordinates.child(name)?;
        Some((number(&corner, "x")?, number(&corner, "y")?))
    };
    let [first, second, third, fourth] = CORNERS.map(corner);
    Some([first?, second?, third?, fourth?])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"submission_id":"a","data":{"documentNumber":"M1234567","gender":"male"},
        "ocr":{"gender":"male"},"OCR_raw":{"rotate":{"value":"90"},
        "number":{"value":"M1234567","score":99,"coordinates":{"first":{"x":1,"y":2},"second":{"x":"30","y":2},
            "third":{"x":30,"y":9},"fourth":{"x":1,"y":9}}},
        "gender":{"value":"M","coordinates":{"first":{"x":1,"y":20}}},
        "address":{"value":"x"}}}"#;

    #[test]
    fn places_are_read_with_the_fields_that_show_their_texts() {
        let record = Document::parse_copy(RECORD.as_bytes(), true);
        let places = OcrPlaces::of(&record, Mask::Ids);
        assert_eq!((places.degrees, places.places.len()), (90.0, 2));
        let number = places.of_field("OCR_raw.number.value").expect("a place");
        assert!(number.is_hidden);
        assert_eq!(number.corners, Some([(1.0, 2.0), (30.0, 2.0), (30.0, 9.0), (1.0, 9.0)]));
        let gender = places.of_field("ocr.gender").expect("the place of the compared item");
        assert!(!gender.is_hidden && gender.corners.is_none(), "{gender:?}");
        assert!(places.of_field("OCR_raw.address.value").is_none());
        assert!(!OcrPlaces::of(&record, Mask::None).places[0].is_hidden);
        for path in ["OCR_raw.number.value", "data.documentNumber"] {
            assert!(!OcrPlaces::of(&record, Mask::Ids).with_revealed(path).places[0].is_hidden, "{path}");
        }
        assert!(OcrPlaces::of(&record, Mask::Ids).with_revealed("ocr.gender").places[0].is_hidden);
    }
}
