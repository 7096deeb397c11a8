/// Checks that a number is less than another.
pub fn below<T: PartialOrd + fmt::Display>(value: T, bound: T) -> Result<(), Invalid> {
    if value < bound {
        return Ok(());
    }
    Err(Invalid(format!("{value} is not less than {bound}")))
}
