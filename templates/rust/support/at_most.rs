/// Checks that a number is no more than another.
pub fn at_most<T: PartialOrd + fmt::Display>(value: T, bound: T) -> Result<(), Invalid> {
    if value <= bound {
        return Ok(());
    }
    Err(Invalid(format!("{value} is more than {bound}")))
}
