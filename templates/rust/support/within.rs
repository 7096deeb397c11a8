fn within(what: &str, count: usize, min: usize, max: usize) -> Result<(), Invalid> {
    if count < min {
        return Err(Invalid(format!("{count} {what} are fewer than {min}")));
    }
    if count > max {
        return Err(Invalid(format!("{count} {what} are more than {max}")));
    }
    Ok(())
}
