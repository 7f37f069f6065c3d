//! Growth of long vectors by small steps, so that little of their memory is unused.

/// Makes room in `vec` for at least `more` further elements. A full vector grows by an eighth of its length. The
/// standard library would double it, which leaves up to half of the memory of 100,000 elements unused.
pub fn make_room<T>(vec: &mut Vec<T>, more: usize) {
    if vec.capacity() - vec.len() < more {
        vec.reserve_exact(more.max(vec.len() / 8));
    }
}

/// Appends `value` to `vec`. A full vector grows as [`make_room`] describes.
pub fn push<T>(vec: &mut Vec<T>, value: T) {
    make_room(vec, 1);
    vec.push(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_an_eighth_is_unused() {
        let mut vec = Vec::new();
        for value in 0..10_000_u32 {
            push(&mut vec, value);
            assert!(vec.capacity() <= vec.len() + vec.len() / 8, "{} of {}", vec.len(), vec.capacity());
        }
        assert_eq!(vec, (0..10_000).collect::<Vec<_>>());
    }

    #[test]
    fn room_is_made_for_all_that_follows() {
        let mut vec = vec![0_u8; 8];
        make_room(&mut vec, 100);
        assert!(vec.capacity() >= 108);
    }
}
