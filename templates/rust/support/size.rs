/// Checks a number of elements or properties.
pub fn size(count: usize, min: usize, max: usize) -> Result<(), Invalid> {
    within("elements", count, min, max)
}
