//! The drawn pictures: the values are where the record says, and the same data give the same pictures.

use image::{DynamicImage, GenericImageView, GrayImage, Pixel};

use super::*;

const TODAY: Date = date(2026, 11, 21);

/// Pixels of letters are darker than this.
const DARK: u8 = 90;

/// The front of a document, turned back by the angle of its record, as a client does it.
fn upright(case: &SubmissionPlan, record: &Value) -> GrayImage {
    let sent = case.picture(NamedPicture::Front).expect("a front");
    let angle = record.pointer("/OCR_raw/rotate/value").and_then(Value::as_str).expect("an angle");
    let (upright, size) = match angle {
        "90" => (sent.rotate270(), (630, 1_000)),
        "180" => (sent.rotate180(), (1_000, 630)),
        "270" => (sent.rotate90(), (630, 1_000)),
        _ => (sent.clone(), (1_000, 630)),
    };
    assert_eq!(sent.dimensions(), size, "{angle}");
    upright.to_luma8()
}

/// Corners of a value: left, top, right, bottom.
fn corners(value: &Value) -> Option<[i64; 8]> {
    let coordinates = value.get("coordinates")?;
    let mut found = [0; 8];
    for (at, name) in ["first", "second", "third", "fourth"].into_iter().enumerate() {
        found[at * 2] = coordinates[name]["x"].as_i64()?;
        found[at * 2 + 1] = coordinates[name]["y"].as_i64()?;
    }
    Some(found)
}

fn is_dark(picture: &GrayImage, x: i64, y: i64) -> bool {
    picture
        .get_pixel_checked(x.try_into().unwrap(), y.try_into().unwrap())
        .is_some_and(|pixel| pixel.to_luma()[0] < DARK)
}

#[test]
fn each_value_is_drawn_inside_of_its_corners() {
    let data = DemoData::new(TODAY);
    let (mut places, mut angles, mut outside, mut unplaced) = (0, BTreeSet::new(), 0, 0);
    for case in data.plans().iter().take(90) {
        let record = Value::Object(case.full_record());
        if record.get("image").and_then(|image| image.get("idImage")).is_none() || record.get("OCR_raw").is_none() {
            continue;
        }
        angles.insert(record["OCR_raw"]["rotate"]["value"].as_str().unwrap().to_owned());
        let picture = upright(case, &record);
        let values = record["OCR_raw"].as_object().unwrap().iter().filter(|(name, _)| *name != "rotate");
        let values: Vec<(&String, [i64; 8])> =
            values.filter_map(|(name, value)| Some((name, corners(value)?))).collect();
        unplaced += usize::from(values.is_empty());
        let mut taken: Vec<[i64; 4]> = Vec::new();
        for (name, [left, top, right, top_too, right_too, bottom, left_too, bottom_too]) in values {
            assert_eq!((left, top, bottom), (left_too, top_too, bottom_too), "{name}");
            if right > 1_000 {
                outside += 1;
                continue;
            }
            assert!(right == right_too && 0 < left && left < right && right <= 1_000, "{name}: {left} {right}");
            assert!(0 < top && top < bottom && bottom <= 630, "{name}: {top} {bottom}");
            let inner = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            assert!(inner.filter(|(x, y)| is_dark(&picture, *x, *y)).count() > 5, "{} {name}: no letters", case.id);
            let frame = (left..=right).flat_map(|x| [(x, top), (x, bottom)]);
            let frame = frame.chain((top..=bottom).flat_map(|y| [(left, y), (right, y)]));
            assert_eq!(frame.filter(|(x, y)| is_dark(&picture, *x, *y)).count(), 0, "{} {name}: cut letters", case.id);
            let apart =
                |other: &[i64; 4]| right <= other[0] || other[2] <= left || bottom <= other[1] || other[3] <= top;
            assert!(taken.iter().all(apart), "{} {name}: two values in one place", case.id);
            taken.push([left, top, right, bottom]);
            places += 1;
        }
    }
    assert!(places > 500 && outside > 0 && unplaced > 0, "{places} {outside} {unplaced}");
    assert_eq!(angles.into_iter().collect::<Vec<_>>(), ["-1.5", "0", "180", "270", "90"]);
}

#[test]
fn same_day_gives_the_same_pictures_and_other_people_other_faces() {
    let (one, other) = (DemoData::new(TODAY), DemoData::new(TODAY));
    let mut faces: Vec<(String, DynamicImage)> = Vec::new();
    for (case, again) in one.plans().iter().zip(other.plans()).take(12) {
        for named in NamedPicture::ALL {
            assert!(case.picture(named) == again.picture(named), "{} {named:?}", case.id);
        }
        faces.extend(case.picture(NamedPicture::Selfie).map(|face| (case.person.identity_key(), face)));
    }
    for (at, (person, face)) in faces.iter().enumerate() {
        for (other_person, other_face) in &faces[at + 1..] {
            assert_eq!(person == other_person, face == other_face, "{person} {other_person}");
        }
    }
}

#[test]
fn people_whom_the_data_link_by_their_faces_have_the_same_face() {
    let data = DemoData::new(TODAY);
    let case =
        data.plans().iter().find(|case| !case.lookalikes.is_empty() && case.picture(NamedPicture::Selfie).is_some());
    let case = case.expect("a linked face");
    let others = case.lookalikes.iter().filter_map(|id| data.find(id)?.picture(NamedPicture::Selfie));
    let others: Vec<DynamicImage> = others.collect();
    assert!(!others.is_empty() && others.iter().all(|face| Some(face) == case.picture(NamedPicture::Selfie).as_ref()));
}

#[test]
fn passports_have_no_back_and_deleted_submissions_no_picture() {
    let data = DemoData::new(TODAY);
    let mut passports = 0;
    for case in data.plans() {
        let record = Value::Object(case.full_record());
        if record.pointer("/data/idType") == Some(&Value::from("passport")) {
            passports += 1;
            assert_eq!(record.pointer("/image/idBackImage"), None);
        }
        if case.is_deleted() {
            assert!(NamedPicture::ALL.iter().all(|named| case.picture(*named).is_none()));
        }
    }
    assert!(passports > 100);
}
