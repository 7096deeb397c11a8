/// Checks that a number is more than another.
pub fn above<T: PartialOrd + fmt::Display>(value: T, bound: T) -> Result<(), Invalid> {
    if value > bound {
        return Ok(());
    }
    Err(Invalid(format!("{value} is not more than {bound}")))
}
