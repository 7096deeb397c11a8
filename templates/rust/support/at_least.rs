/// Checks that a number is no less than another.
pub fn at_least<T: PartialOrd + fmt::Display>(value: T, bound: T) -> Result<(), Invalid> {
    if value >= bound {
        return Ok(());
    }
    Err(Invalid(format!("{value} is less than {bound}")))
}
